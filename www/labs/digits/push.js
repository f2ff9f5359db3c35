/** Under the pictures: how the push is made, how large it may be, how far it has come, and the original to compare. */
import { html, nothing, render } from 'lit';
import { live } from 'lit/directives/live.js';
import { fill } from '../../element/fill.js';
import { icons } from '../../element/icons.js';
import { sizeKnob } from './store.js';

/** @typedef {import('./types.js').Parts} Parts */

/** A row of the push is shown so long; under reduced motion, so much longer. */
const ROW_MS = 140;
const STILL_MS = 700;

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 * @returns {import('./types.js').Part}
 */
export function createPush(parts, slot) {
  const { ctx, store, view, w } = parts;
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  let playing = 0;
  let drawn = '';

  const row = () => Math.min(view.row, store.lastRow);
  const stepAt = () => store.tables.pushAt.data[row()] ?? 0;

  function stop() {
    clearInterval(playing);
    playing = 0;
  }

  function toggle() {
    if (playing) {
      stop();
      return self.draw();
    }
    if (row() >= store.lastRow) parts.show({ row: 0 });
    playing = window.setInterval(() => {
      const next = row() + 1;
      if (next >= store.lastRow) stop();
      parts.show({ row: next >= store.lastRow ? Infinity : next });
    }, still.matches ? STILL_MS : ROW_MS);
    return self.draw();
  }

  /** A knob of the lab as a slider, as the figure draws them. @param {string} id */
  function slider(id) {
    const knob = ctx.about.knobs.find((one) => one.id === id);
    if (knob?.kind.type !== 'number') return nothing;
    const { min, max, step } = knob.kind;
    const value = Number(ctx.values()[id]);
    const text = ctx.number(value, { minimumFractionDigits: 2, maximumFractionDigits: 3 });
    return html`<div class="knob"><label for="d-${id}">${ctx.t(`labs.digits.knobs.${id}.label`)}</label><output for="d-${id}" aria-live="off">${text}</output>
      <input class="slide" id="d-${id}" type="range" min=${min} max=${max} step=${step} .value=${live(String(value))} ${fill((value - min) / (max - min))}
        aria-describedby="d-${id}-help" @input=${(/** @type {Event} */ e) => ctx.set(id, Number(/** @type {HTMLInputElement} */ (e.target).value))} />
      <p class="help" id="d-${id}-help">${ctx.t(`labs.digits.knobs.${id}.help`)}</p></div>`;
  }

  /** @param {string} id */
  function list(id) {
    const knob = ctx.about.knobs.find((one) => one.id === id);
    if (knob?.kind.type !== 'choice') return nothing;
    const value = ctx.values()[id];
    return html`<div class="knob"><label for="d-${id}">${ctx.t(`labs.digits.knobs.${id}.label`)}</label>
      <select id="d-${id}" aria-describedby="d-${id}-help" @change=${(/** @type {Event} */ e) => ctx.set(id, /** @type {HTMLSelectElement} */ (e.target).value)}>
        ${knob.kind.choices.map((choice) => html`<option value=${choice} .selected=${live(choice === value)}>${ctx.t(`labs.digits.choices.${id}.${choice}`)}</option>`)}
      </select><p class="help" id="d-${id}-help">${ctx.t(`labs.digits.knobs.${id}.help`)}</p></div>`;
  }

  const scrubber = () => html`<div class="knob"><label for="d-row">${w('scrub.label')}</label><output for="d-row" aria-live="off">${ctx.number(stepAt())}</output>
    <input class="slide" id="d-row" type="range" min="0" max=${Math.max(1, store.lastRow)} step="1" .value=${live(String(row()))} ${fill(row() / Math.max(1, store.lastRow))}
      ?disabled=${store.lastRow === 0} aria-valuetext=${w('scrub.at', { step: ctx.number(stepAt()) })} aria-describedby="d-row-help"
      @input=${(/** @type {Event} */ e) => {
        stop();
        const at = Number(/** @type {HTMLInputElement} */ (e.target).value);
        parts.show({ row: at >= store.lastRow ? Infinity : at });
      }} />
    <p class="help" id="d-row-help">${w('scrub.help')}</p></div>`;

  const self = {
    draw() {
      const { method, epsilon, radius } = ctx.values();
      const now = JSON.stringify([method, epsilon, radius, row(), store.lastRow, stepAt(), view.before, Boolean(playing), ctx.t('labs.digits.title')]);
      if (now === drawn) return;
      drawn = now;
      render(
        html`<div class="d-push">${slider(sizeKnob(method))}${scrubber()}${list('method')}
          <div class="d-acts">
            <button type="button" class="btn" ?disabled=${store.lastRow === 0} @click=${toggle}>${playing ? icons.pause : icons.play}${w(playing ? 'scrub.pause' : 'scrub.play')}</button>
            <button type="button" class="btn" aria-pressed=${view.before} ?disabled=${!store.pushed} @click=${() => parts.show({ before: !view.before })}>${w('quad.compare')}</button>
          </div></div>`,
        slot,
      );
      const slide = slot.querySelector('#d-row');
      // A range keeps the value it had when its end moved: written again once the end is there.
      if (slide instanceof HTMLInputElement && slide.valueAsNumber !== row()) slide.value = String(row());
    },
    stop,
  };
  return self;
}
