/** Off the manifold: digits turned, moved, thickened, drowned, and pictures that are none; right less often, and hardly less sure. */
import { html, nothing, render } from 'lit';
import { live } from 'lit/directives/live.js';
import { axes, cursor, curve, labelCurves } from '../../draw/chart.js';
import { fill } from '../../element/fill.js';
import { heading } from '../../element/heading.js';
import { bars } from './bars.js';
import { stamp } from './pixels.js';
import { sheet } from './sheet.js';
import { answerOf } from './store.js';
import { sureText } from './words.js';

/** @typedef {import('./types.js').Parts} Parts */

/** In the order of the channel's first column. */
export const KINDS = ['invert', 'rotate', 'shift', 'thicken', 'noise', 'clothes', 'blank'];
/** Kinds that are no digits, whatever their strength. */
const NONE = ['clothes', 'blank'];

/** Rows of one kind: strength, accuracy, confidence. @param {Float32Array} data @param {number} kind */
export function rowsOf(data, kind) {
  const rows = [];
  for (let at = 0; at + 3 < data.length; at += 4) if (Math.round(data[at]) === kind) rows.push({ strength: data[at + 1], accuracy: data[at + 2], confidence: data[at + 3] });
  return rows;
}

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 * @returns {import('./types.js').Part}
 */
export function createOff(parts, slot) {
  const { ctx, store, w } = parts;
  let drawn = '';
  const kind = () => String(ctx.values().off);
  const rows = (/** @type {string} */ name) => rowsOf(store.tables.off.data, KINDS.indexOf(name));
  const name = (/** @type {string} */ choice) => ctx.t(`labs.digits.choices.off.${choice}`);

  function slider() {
    const knob = ctx.about.knobs.find(({ id }) => id === 'strength');
    if (knob?.kind.type !== 'number') return nothing;
    const { min, max, step } = knob.kind;
    const value = Number(ctx.values().strength);
    return html`<div class="knob"><label for="d-strength">${ctx.t('labs.digits.knobs.strength.label')}</label><output for="d-strength" aria-live="off">${ctx.percent(value)}</output>
      <input class="slide" id="d-strength" type="range" min=${min} max=${max} step=${step} ?disabled=${NONE.includes(kind())} .value=${live(String(value))} ${fill((value - min) / (max - min))}
        aria-describedby="d-strength-help" @input=${(/** @type {Event} */ e) => ctx.set('strength', Number(/** @type {HTMLInputElement} */ (e.target).value))} />
      <p class="help" id="d-strength-help">${ctx.t('labs.digits.knobs.strength.help')}</p></div>`;
  }

  /** What pictures that are no digits are read as. */
  function nothings() {
    const mean = (/** @type {string} */ which) => rows(which)[0]?.confidence ?? NaN;
    if (!Number.isFinite(mean('clothes'))) return nothing;
    const [blank] = rows('blank'); // of which there is one: in the place of its accuracy stands what it is read as
    return html`<p class="d-line">${w('off.clothes', { share: ctx.percent(mean('clothes')) })} ${Number.isFinite(mean('blank')) ? w('off.blank', { digit: blank?.accuracy ?? '', share: ctx.percent(mean('blank')) }) : ''}</p>`;
  }

  function words() {
    const shares = store.row('offAnswers');
    const { best, share } = answerOf(shares);
    const now = JSON.stringify([kind(), ctx.values().strength, [...shares].map((v) => v.toFixed(3)), rows('clothes'), rows('blank'), ctx.t('labs.digits.title')]);
    if (now === drawn) return;
    drawn = now;
    render(
      html`${heading(ctx, w('off.title'), 1, 'd-head')}<p class="d-line">${w('off.text')}</p>
        <div class="d-draw">
          <div><div class="knob"><label for="d-off">${ctx.t('labs.digits.knobs.off.label')}</label>
              <select id="d-off" @change=${(/** @type {Event} */ e) => ctx.set('off', /** @type {HTMLSelectElement} */ (e.target).value)}>
                ${KINDS.map((choice) => html`<option value=${choice} .selected=${live(choice === kind())}>${name(choice)}</option>`)}
              </select></div>
            ${slider()}<canvas class="d-off" role="img" aria-label=${w('off.alt', { kind: name(kind()) })}></canvas></div>
          <div class="d-wide">${heading(ctx, w('off.chart', { kind: name(kind()) }), 2)}<canvas class="d-curve" role="img"></canvas>${nothings()}</div>
          <div>${heading(ctx, best < 0 ? w('off.answer') : w('off.reads', { digit: best, share: sureText(ctx, share) }), 2)}${bars(parts, shares, { truth: NONE.includes(kind()) ? -1 : store.truth, best })}</div>
        </div>`,
      slot,
    );
  }

  /** @param {import('./sheet.js').Sheet} sheet */
  function drawing({ g, width, height, palette }) {
    const list = rows(kind());
    const frame = axes(g, width, height, {
      x: [0, 1], y: [0, 1], xTicks: [0, 0.5, 1], yTicks: [0, 0.25, 0.5, 0.75, 1], xFormat: (v) => ctx.percent(v), yFormat: (v) => ctx.percent(v), xLabel: ctx.t('labs.digits.knobs.strength.label'),
    }, palette);
    if (list.length === 0) return w('off.none');
    // Pictures of one kind that have no strength stand as a level.
    const x = list.length === 1 ? [0, 1] : list.map(({ strength }) => strength);
    const of = (/** @type {'accuracy' | 'confidence'} */ what) => ({ x, y: x.map((_, i) => list[Math.min(i, list.length - 1)][what]) });
    const [right, sure] = [of('accuracy'), of('confidence')];
    const judged = !NONE.includes(kind());
    if (judged) cursor(g, frame, Number(ctx.values().strength), { colour: palette.accent }, palette);
    if (judged) curve(g, right, frame, { colour: palette.accent, width: 2.6, fill: true });
    curve(g, sure, frame, { colour: palette.ink, width: 2 });
    labelCurves(g, [
      { series: sure, text: w('off.sure'), colour: palette.ink },
      ...(judged ? [{ series: right, text: w('off.right'), colour: palette.accent, fill: true }] : []),
    ], frame, palette);
    const last = list[list.length - 1];
    return w('off.chartAlt', { kind: name(kind()), right: ctx.percent(judged ? last.accuracy : NaN), sure: ctx.percent(last.confidence) });
  }

  const chart = sheet(parts.palette, () => slot.querySelector('.d-curve'), drawing);
  return {
    draw() {
      words();
      chart.draw();
      const canvas = slot.querySelector('.d-off');
      if (canvas instanceof HTMLCanvasElement) stamp(canvas, store.row('offShown'), parts.palette());
    },
    resize: chart.resize,
  };
}
