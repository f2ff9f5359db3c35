/** Digits to pick: one of each class that it has never seen, those it reads worst, any other by number, and the reader's own. */
import { html, nothing, render } from 'lit';
import { live } from 'lit/directives/live.js';
import { ref } from 'lit/directives/ref.js';
import { PIXELS } from './store.js';
import { stamp } from './pixels.js';

/** @typedef {import('./types.js').Parts} Parts */

/** The first of every class among the test digits, by number; classes from 0 to 9. */
const PICKED = [3, 2, 1, 18, 4, 8, 11, 0, 61, 7];
/** So many of the worst mistakes stand beside them. */
const WORST = 6;
export const OWN = -1;

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 * @returns {import('./types.js').Part}
 */
export function createShelf(parts, slot) {
  const { ctx, store, w } = parts;
  /** Pictures by number. @type {Map<number, Float32Array>} */
  const pictures = new Map();
  const asked = new Set();
  let drawn = '';

  const last = Number(/** @type {any} */ (ctx.about.knobs.find(({ id }) => id === 'item')?.kind)?.max ?? 1999);
  const item = () => Number(ctx.values().item);

  /** @param {number} i */
  async function fetchPicture(i) {
    if (asked.has(i)) return;
    asked.add(i);
    try {
      const picture = await ctx.ask('item', [i]);
      if (picture.length !== PIXELS) return void asked.delete(i);
      pictures.set(i, picture);
      self.draw();
    } catch {
      asked.delete(i); // the run began again, or its files are not there yet: asked again with the next frame
    }
  }

  /** @param {number} i */
  const painted = (i) => (/** @type {Element | undefined} */ canvas) => {
    const picture = i === OWN ? undefined : pictures.get(i);
    if (canvas instanceof HTMLCanvasElement && picture) stamp(canvas, picture, parts.palette());
  };

  /** @param {number} i @param {string} name @param {string} [under] */
  const choice = (i, name, under) => html`<label title=${name}><canvas aria-hidden="true" ${ref(painted(i))}></canvas>${under ? html`<span aria-hidden="true">${under}</span>` : nothing}
    <input type="radio" name="d-item" aria-label=${name} .checked=${live(item() === i)} @change=${() => ctx.set('item', i)} /></label>`;

  function worst() {
    const { rows } = store.tables.mistakes;
    return Array.from({ length: Math.min(WORST, rows) }, (_, r) => {
      const row = store.row('mistakes', r);
      const [index, label, answer, share] = row.subarray(PIXELS);
      pictures.set(index, row.slice(0, PIXELS));
      return { index, label, answer, share };
    });
  }

  /** @param {number} by */
  const step = (by) => () => ctx.set('item', Math.max(0, Math.min(last, item() + by)));

  const self = {
    draw() {
      PICKED.forEach((i) => void fetchPicture(i));
      const mistakes = worst();
      const now = JSON.stringify([item(), mistakes, [...pictures.keys()], ctx.t('labs.digits.title'), parts.palette().ink]);
      if (now === drawn) return;
      drawn = now;
      render(
        html`<div class="d-shelves">
          <fieldset class="d-shelf"><legend class="sub">${w('shelf.title')}</legend>
            ${PICKED.map((i, k) => choice(i, w('shelf.one', { digit: k })))}
          </fieldset>
          ${mistakes.length === 0
            ? nothing
            : html`<fieldset class="d-shelf"><legend class="sub">${w('shelf.worst')}</legend>
                ${mistakes.map(({ index, label, answer, share }) => choice(index, w('shelf.mistake', { digit: label, answer, share: ctx.percent(share) }), `${label} → ${answer}`))}
              </fieldset>`}
          <div class="d-any"><span class="lab" id="d-any">${w('shelf.any')}</span>
            <div class="stepper" role="group" aria-labelledby="d-any">
              <button type="button" aria-label=${w('shelf.fewer')} ?disabled=${item() <= 0} @click=${step(-1)}>−</button>
              <output aria-live="off">${item() === OWN ? w('shelf.yours') : ctx.number(item() + 1, { maximumFractionDigits: 0 })}</output>
              <button type="button" aria-label=${w('shelf.more')} ?disabled=${item() >= last} @click=${step(1)}>+</button>
            </div></div>
        </div>`,
        slot,
      );
    },
  };
  return self;
}
