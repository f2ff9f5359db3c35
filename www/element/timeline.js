/** The timeline: the loss curve is the track, and under it play, one step, back to the start, a new seed, the speed. */
import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import { track } from '../draw/track.js';
import { icons } from './icons.js';

/**
 * @typedef {import('./uncrumple-lab.js').UncrumpleLab} Figure
 * @typedef {import('./run.js').Run} Run
 * @typedef {import('../draw/palette.js').Palette} Palette
 */

/** Steps asked for per animation frame; the last is as many as time allows. */
export const SPEEDS = [1, 5, 25, 100, Infinity];

/** What an arrow key moves on the track. @param {number} last */
export const snapshot = (last) => Math.max(1, Math.round(last / 100));

/** @param {Figure} figure @param {Run | undefined} run */
export function timeline(figure, run) {
  const { t } = figure;
  const step = run?.step ?? 0;
  const last = run?.last ?? 0;
  const one = snapshot(last);
  /** @param {Event} event */
  const scrub = (event) => figure.scrub(/** @type {HTMLInputElement} */ (event.currentTarget).valueAsNumber);
  /** @param {KeyboardEvent & { currentTarget: HTMLInputElement }} event */
  const keys = (event) => {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
    if (!by) return;
    event.preventDefault();
    figure.scrub(Math.min(last, Math.max(0, step + by * one)));
  };
  const playing = run?.playing ?? false;
  return html`<div class="time" part="timeline" role="group" aria-label=${t('ui.time.name')}>
    <div class="track">
      <canvas id="track" aria-hidden="true"></canvas>
      <input type="range" min="0" max=${Math.max(1, last)} step="1" .value=${live(String(step))} ?disabled=${!run}
        aria-label=${t('ui.time.track')} aria-valuetext=${figure.stepText()} @input=${scrub} @keydown=${keys} />
    </div>
    <div class="run">
      <button type="button" class="btn main play" ?disabled=${!run} @click=${() => (playing ? figure.pause() : figure.play())}>
        ${playing ? icons.pause : icons.play}<span>${playing ? t('ui.time.pause') : t('ui.time.play')}</span></button>
      ${tool(figure, run, 'step', icons.step, () => figure.oneStep())}
      ${tool(figure, run, 'reset', icons.reset, () => figure.restart())}
      ${tool(figure, run, 'seed', icons.dice, () => figure.newSeed())}
      <select aria-label=${t('ui.time.speed')} @change=${(/** @type {Event} */ e) => figure.setSpeed(Number(/** @type {HTMLSelectElement} */ (e.currentTarget).value))}>
        ${SPEEDS.map(
          (n) => html`<option value=${n} .selected=${live(n === figure.speed)}>${Number.isFinite(n)
            ? t('ui.time.perFrame', { n })
            : t('ui.time.most')}</option>`,
        )}
      </select>
    </div>
    <p class="count">${figure.countText()}</p>
  </div>`;
}

/** @param {Figure} figure @param {Run | undefined} run @param {string} word @param {unknown} icon @param {() => void} act */
function tool(figure, run, word, icon, act) {
  const label = figure.t(`ui.time.${word}`);
  return html`<button type="button" class="btn icon" ?disabled=${!run} aria-label=${label} title=${label} @click=${act}>${icon}</button>`;
}

/** @typedef {{ width: number, height: number, again: () => void }} Track  the size as it was last told, and painting once more */
/** Asked every frame, a canvas has the page laid out every frame: its size is told when it changes. @type {WeakMap<Element, Track>} */
const tracks = new WeakMap();
/** @type {ResizeObserver | undefined} */
let sizes;

/** @param {ResizeObserverEntry[]} entries */
function told(entries) {
  for (const { target, contentRect: { width, height } } of entries) {
    const known = tracks.get(target);
    if (!known || (known.width === width && known.height === height)) continue;
    Object.assign(known, { width, height });
    known.again();
  }
}

/** @param {HTMLCanvasElement} canvas @returns {Track} */
function watched(canvas) {
  const track = { width: canvas.clientWidth, height: canvas.clientHeight, again: () => {} };
  tracks.set(canvas, track);
  (sizes ??= new ResizeObserver(told)).observe(canvas);
  return track;
}

/** Paints the track at its present size. @param {Element | null} canvas @param {Run} run @param {string} label @param {Palette} palette */
export function drawTrack(canvas, run, label, palette) {
  if (!(canvas instanceof HTMLCanvasElement)) return;
  const known = tracks.get(canvas) ?? watched(canvas);
  known.again = () => drawTrack(canvas, run, label, palette);
  const { width, height } = known;
  const ctx = canvas.getContext('2d');
  if (!ctx || width === 0) return;
  const ratio = Math.max(2, devicePixelRatio || 1);
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.clearRect(0, 0, width, height);
  track(ctx, width, height, { history: run.history, columns: run.columns, at: run.step, end: run.last, label }, palette);
}
