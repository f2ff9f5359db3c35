/** So that nobody takes the picture for what the unit sees: the digits that excite it most, the nearest digit, what it began from. */
import { html, nothing, render } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { heading } from '../../element/heading.js';
import { PIXELS } from '../digits/store.js';
import { isDigits, isWhole, shownPicture, tile, unitOf } from './look.js';

/** @typedef {import('../ascent/types.js').Parts} Parts */

/** Real digits beside the picture. */
const SHOWN = 6;

/** A style attribute would be refused by the page's content policy. @param {number} share */
const length = (share) => (/** @type {Element | undefined} */ bar) => {
  if (bar instanceof HTMLElement) bar.style.setProperty('--p', String(Number.isFinite(share) ? Math.max(0, share) : 0));
};

/**
 * The digits that excite a unit most, best first: pictures and how much.
 *
 * @param {Parts} parts
 */
export function bestOf(parts) {
  const { store } = parts;
  // One row a unit, also while the picture is one.
  const unit = store.table('best').rows > 1 ? unitOf(parts) : 0;
  const heights = [...store.row('bestActivation', unit)];
  const pictures = store.row('best', unit);
  return heights.map((height, i) => ({ height, picture: pictures.subarray(i * PIXELS, (i + 1) * PIXELS) })).filter(({ height, picture }) => Number.isFinite(height) && picture.length === PIXELS);
}

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 * @returns {import('../ascent/types.js').Part}
 */
export function createExciting(parts, slot) {
  const { ctx, store, w } = parts;
  let drawn = '';
  const one = (/** @type {number} */ v) => ctx.number(v, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

  /** Of the picture in sight, which a scrubbed or chosen unit changes at once. */
  function own() {
    const all = store.column('activations', 0);
    const its = isWhole(parts) ? all[unitOf(parts)] : all[0];
    return its ?? store.readouts.activation;
  }

  function words() {
    const best = bestOf(parts);
    const its = own();
    const now = JSON.stringify([isDigits(parts), ctx.values().goal, unitOf(parts), its?.toFixed(2), best.map(({ height }) => height.toFixed(2)), ctx.t('ui.close')]);
    if (now === drawn) return;
    drawn = now;
    if (!isDigits(parts)) return render(html`${heading(ctx, w('best.title'))}<p class="a-line">${w('best.unshipped')}</p>`, slot);
    if (best.length === 0 && ctx.values().goal === 'dream') return render(html`${heading(ctx, w('best.title'))}<p class="a-line">${w('best.layer')}</p>`, slot);
    // Not measured yet, it takes the room it will.
    const heights = best.length > 0 ? best.map(({ height }) => height) : Array.from({ length: SHOWN }, () => NaN);
    const top = Math.max(its || 0, heights[0] || 0, 1e-6);
    const row = (/** @type {string} */ kind, /** @type {number} */ height, /** @type {string} */ name) =>
      html`<li class=${kind}><canvas aria-hidden="true"></canvas><span class="vh">${name}: </span><i ${ref(length(height / top))}></i><span>${one(height)}</span></li>`;
    render(
      html`${heading(ctx, w('best.title'))}<ul class="f-best">
        ${row('it', its, w('best.own'))}${heights.map((height, i) => row('', height, w('best.digit', { place: i + 1 })))}</ul>
        <p class="a-line">${w('best.line')}</p>`,
      slot,
    );
  }

  return {
    draw() {
      words();
      const palette = parts.palette();
      const pictures = [shownPicture(parts), ...bestOf(parts).map(({ picture }) => picture)];
      slot.querySelectorAll('canvas').forEach((canvas, i) => pictures[i] && tile(canvas, pictures[i], palette));
    },
  };
}

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 * @returns {import('../ascent/types.js').Part}
 */
export function createNearest(parts, slot) {
  const { ctx, store, w } = parts;
  let drawn = '';

  function words() {
    const { nearestNeighbourDistance: far, highFrequencyShare: fine } = store.readouts;
    const known = store.row('neighbour').length === PIXELS && Number.isFinite(far);
    const began = store.row('start').length > 0;
    const now = JSON.stringify([isDigits(parts), known, began, far?.toFixed(2), fine?.toFixed(3), ctx.values().goal, ctx.t('ui.close')]);
    if (now === drawn) return;
    drawn = now;
    const picture = (/** @type {string} */ name, /** @type {string} */ text) => html`<div class="f-pic"><canvas data-f=${name} role="img" aria-label=${text}></canvas><p aria-hidden="true">${text}</p></div>`;
    render(
      html`${heading(ctx, w(isDigits(parts) ? 'nearest.title' : 'nearest.began'))}
        <div class="f-pair">${began ? picture('start', w(`nearest.start.${ctx.values().goal}`)) : nothing}${known ? picture('neighbour', w('nearest.digit')) : nothing}</div>
        ${known ? html`<p class="a-line">${w('nearest.far', { far: ctx.number(far, { maximumFractionDigits: 1 }) })}</p>` : nothing}
        ${Number.isFinite(fine) ? html`<p class="a-line">${w('nearest.fine', { share: ctx.percent(fine, 1) })}</p>` : nothing}`,
      slot,
    );
  }

  return {
    draw() {
      words();
      const palette = parts.palette();
      for (const canvas of /** @type {NodeListOf<HTMLCanvasElement>} */ (slot.querySelectorAll('[data-f]'))) tile(canvas, store.row(String(canvas.dataset.f)), palette);
    },
  };
}
