/** The layer scrubber: how far the plane has been carried, by hand, by keys, or by itself. */
import { html, nothing, render } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { icons } from '../../element/icons.js';
import { momentOf } from './way.js';

/** @typedef {import('./types.js').Parts} Parts */

/** Positions a layer; a phase has a third of them. */
const NOTCHES = 60;
const PHASE = NOTCHES / 3;
const LAYER_MS = 2400;
/** Under reduced motion: from stop to stop, this long at each. */
const PAUSE_MS = 900;
let figures = 0;

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 */
export function createScrubber(parts, slot) {
  const { store, view, w } = parts;
  const name = `layers-${++figures}`;
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  let playing = 0;
  let last = 0;
  let drawn = '';

  const notch = () => Math.round(view.t * NOTCHES);
  const end = () => store.last * NOTCHES;

  /** @param {number} at @param {boolean} rest */
  function move(at, rest) {
    const whole = still.matches ? Math.round(at / PHASE) * PHASE : at;
    parts.go(Math.max(0, Math.min(end(), whole)) / NOTCHES, rest);
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const by = { ArrowRight: PHASE / 2, ArrowUp: PHASE / 2, ArrowLeft: -PHASE / 2, ArrowDown: -PHASE / 2, PageUp: NOTCHES, PageDown: -NOTCHES }[event.key];
    const to = by !== undefined ? notch() + (still.matches && Math.abs(by) < PHASE ? 2 * by : by) : { Home: 0, End: end() }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    stop();
    move(to, true);
    event.preventDefault();
    event.stopPropagation();
  }

  function toggle() {
    if (playing) return stop();
    if (notch() >= end()) parts.go(0);
    last = performance.now();
    playing = requestAnimationFrame(onFrame);
    draw();
  }

  /** @param {number} now */
  function onFrame(now) {
    const since = now - last;
    playing = requestAnimationFrame(onFrame);
    if (still.matches && since < PAUSE_MS) return;
    last = now;
    const t = still.matches ? Math.floor(view.t * 3 + 1e-6) / 3 + 1 / 3 : view.t + Math.min(100, since) / LAYER_MS;
    if (t >= store.last - 1e-6) {
      stop();
      parts.go(store.last, true);
    } else parts.go(t);
  }

  function stop() {
    if (!playing) return;
    cancelAnimationFrame(playing);
    playing = 0;
    parts.go(view.t, true);
    draw();
  }

  /** A style attribute would be refused by the page's content policy. @param {Element | undefined} slider */
  function fill(slider) {
    if (slider instanceof HTMLElement) slider.style.setProperty('--fill', `${(100 * notch()) / Math.max(1, end())}%`);
  }

  const ticks = () => Array.from({ length: store.last + 1 }, (_, layer) => html`<option value=${layer * NOTCHES}></option>`);

  function draw() {
    const now = [notch(), store.last, Boolean(playing), momentText(parts)].join();
    if (now === drawn) return;
    drawn = now;
    render(
      html`<div class="l-scrub">
        <button type="button" class="btn" ?disabled=${store.last === 0} @click=${toggle}>${playing ? icons.pause : icons.play}${w(playing ? 'scrub.pause' : 'scrub.play')}</button>
        <div class="l-slide">
          <label for="${name}-t">${w('scrub.label')}</label>
          <output for="${name}-t" aria-live="off">${momentText(parts)}</output>
          <input class="slide" id="${name}-t" type="range" min="0" max=${Math.max(1, end())} step="1" list="${name}-stops" .value=${String(notch())}
            aria-valuetext=${momentText(parts)} ?disabled=${store.last === 0} ${ref(fill)} @keydown=${onKey}
            @input=${(/** @type {Event} */ e) => (stop(), move(Number(/** @type {HTMLInputElement} */ (e.target).value), false))}
            @change=${() => move(notch(), true)} />
          ${store.last === 0 ? nothing : html`<datalist id="${name}-stops">${ticks()}</datalist>`}
        </div>
      </div>`,
      slot,
    );
    // A range keeps the value it had when its end moved: written again once the end is there.
    const slider = slot.querySelector('input');
    if (slider && slider.valueAsNumber !== notch()) slider.value = String(notch());
  }

  return { draw, stop };
}

/** Where on the way the picture stands, in words. @param {Parts} parts */
export function momentText({ ctx, store, view, w }) {
  if (store.last === 0) return w('moment.none');
  const { layer, phase, share, rest } = momentOf(view.t, store.last);
  const of = { layer, last: store.last };
  if (rest) return layer === 0 ? w('moment.start', of) : w('moment.after', of);
  return w(`moment.${phase}`, { ...of, share: ctx.percent(share), activation: store.shape.length ? activationOf(ctx, layer) : '' });
}

/** The name of a layer's function. @param {import('./types.js').StageContext} ctx @param {number} layer from 1 */
export function activationOf({ t, values }, layer) {
  const { layers, activation } = values();
  const own = String(layers).split(',')[layer - 1]?.split(':')[1];
  return t(`labs.layers.choices.activation.${own ?? activation}`);
}
