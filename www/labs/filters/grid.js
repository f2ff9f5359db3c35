/** Every unit of the layer at once, each with its picture as it grows: press one to see it large. */
import { html, nothing, render } from 'lit';
import { live } from 'lit/directives/live.js';
import { isWhole, tile, unitOf } from './look.js';

/** @typedef {import('../ascent/types.js').Parts} Parts */

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 * @returns {import('../ascent/types.js').Part}
 */
export function createGrid(parts, slot) {
  const { ctx, store, w } = parts;
  let drawn = '';

  const classes = () => String(ctx.values().layer).endsWith('.class');
  /** @param {number} unit */
  const name = (unit) => w(classes() ? 'grid.class' : 'grid.unit', { unit });

  function words() {
    const { rows } = store.table('pictures');
    const heights = store.column('activations', 0);
    const now = JSON.stringify([ctx.values().layer, rows, unitOf(parts), heights.map((v) => v.toFixed(1)), ctx.t('ui.close')]);
    if (now === drawn) return;
    drawn = now;
    render(
      isWhole(parts)
        ? html`<fieldset class=${rows > 10 ? 'f-grid f-many' : 'f-grid'}><legend class="sub">${w('grid.title', { count: rows })}</legend>
            ${Array.from({ length: rows }, (_, unit) => html`<label><canvas aria-hidden="true"></canvas>
              <span aria-hidden="true"><b>${unit}</b> ${Number.isFinite(heights[unit]) ? ctx.number(heights[unit], { minimumFractionDigits: 1, maximumFractionDigits: 1 }) : nothing}</span>
              <input type="radio" name="f-unit" aria-label=${name(unit)} .checked=${live(unit === unitOf(parts))} @change=${() => ctx.set('unit', unit)} /></label>`)}
          </fieldset>`
        : nothing,
      slot,
    );
  }

  return {
    draw() {
      words();
      const palette = parts.palette();
      slot.querySelectorAll('canvas').forEach((canvas, unit) => tile(canvas, store.row('pictures', unit), palette));
    },
  };
}
