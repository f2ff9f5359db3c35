/** The chosen unit's picture, large, and which unit it is. */
import { html, nothing, render } from 'lit';
import { live } from 'lit/directives/live.js';
import { framed } from '../digits/pixels.js';
import { sheet } from '../digits/sheet.js';
import { answerOf } from './answers.js';
import { lay, shownPicture, unitOf } from './look.js';

/** @typedef {import('../ascent/types.js').Parts} Parts */

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 * @param {{ units: () => number, name: () => string }} depth
 * @param {import('../ascent/types.js').Labels} labels
 */
export function createShown(parts, slot, depth, labels) {
  const { ctx, store, w } = parts;
  let drawn = '';

  const goal = () => String(ctx.values().goal);
  /** @param {number} unit */
  const go = (unit) => {
    const last = depth.units() - 1;
    ctx.set('unit', Math.max(0, Number.isFinite(last) ? Math.min(last, unit) : unit));
  };
  const whole = (/** @type {number} */ n) => ctx.number(n, { maximumFractionDigits: 0 });

  /** Classes of the large network are found by their names. */
  const byName = () => html`<select class="f-names" aria-label=${w('unit.class')} @change=${(/** @type {Event} */ e) => go(Number(/** @type {HTMLSelectElement} */ (e.target).value))}>
    ${labels.all.map((name, i) => html`<option value=${i} .selected=${live(i === unitOf(parts))}>${name}</option>`)}</select>`;

  function words() {
    const [unit, units, classes] = [unitOf(parts), depth.units(), String(ctx.values().layer) === 'lite0.class' && labels.all.length > 0];
    const now = JSON.stringify([unit, units, classes, goal(), depth.name(), ctx.t('ui.close')]);
    if (now === drawn) return;
    drawn = now;
    const last = Number.isFinite(units) ? units - 1 : Infinity;
    render(
      html`<div class="f-picture"><canvas role="img"></canvas></div>
        ${goal() === 'dream'
          ? html`<p class="a-line">${w('unit.layer', { layer: depth.name() })}</p>`
          : html`<div class="f-unit"><div class="stepper" role="group" aria-label=${w('unit.which')}>
                <button type="button" aria-label=${w('unit.before')} ?disabled=${unit <= 0} @click=${() => go(unit - 1)}>−</button>
                <input class="f-number" type="number" inputmode="numeric" min="0" max=${Number.isFinite(last) ? last : 1279} step="1" aria-label=${w('unit.number')}
                  .value=${live(String(unit))} @change=${(/** @type {Event} */ e) => go(Math.round(/** @type {HTMLInputElement} */ (e.target).valueAsNumber) || 0)} />
                <button type="button" aria-label=${w('unit.after')} ?disabled=${unit >= last} @click=${() => go(unit + 1)}>+</button></div>
              ${classes ? byName() : html`<p class="a-line">${Number.isFinite(units) ? w('unit.of', { units: whole(units), layer: depth.name() }) : nothing}</p>`}</div>`}`,
      slot,
    );
  }

  /** @param {import('../digits/sheet.js').Sheet} sheet */
  function drawing({ g, width, height, palette }) {
    const box = { x: 0, y: 0, width, height };
    const picture = shownPicture(parts);
    g.fillStyle = palette.sheet;
    g.fillRect(0, 0, width, height);
    lay(g, picture, box, palette);
    framed(g, box, palette.edge);
    if (picture.length === 0) return w('shown.none');
    const { name, share } = answerOf(parts, labels);
    const what = w(`shown.${goal()}`, { unit: unitOf(parts), layer: depth.name(), step: whole(store.step) });
    return name ? `${what} ${w('shown.reads', { name, share: ctx.percent(share) })}` : what;
  }

  const picture = sheet(parts.palette, () => slot.querySelector('canvas'), drawing);
  return {
    draw() {
      words();
      picture.draw();
    },
    resize: picture.resize,
  };
}
