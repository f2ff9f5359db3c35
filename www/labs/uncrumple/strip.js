/** Under the picture: a small print of every station that is also the way to it, a slider between them, and what else can be turned. */
import { html, nothing, render } from 'lit';
import { live } from 'lit/directives/live.js';
import { markSvg } from '../../draw/legend.js';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { seen } from './words.js';

/** @typedef {import('./words.js').Parts} Parts */

/** What the slider moves by. */
const STEP = 0.05;

/**
 * @param {HTMLElement} slot
 * @param {Parts} parts
 * @param {{ go: (station: number) => void, slide: (station: number) => void, follow: (on: boolean) => void, exact: (on: boolean) => void, points: (on: boolean) => void, photo: () => void }} acts
 */
export function createStrip(slot, parts, acts) {
  const { ctx, view, w } = parts;
  let last = '';
  let stands = NaN;

  /** @param {string} label @param {boolean} on @param {(on: boolean) => void} act */
  const toggle = (label, on, act) => html`<label><input type="checkbox" .checked=${live(on)}
    @change=${(/** @type {Event} */ e) => act(/** @type {HTMLInputElement} */ (e.currentTarget).checked)} />${label}</label>`;

  const template = () => {
    const stations = parts.stations();
    const at = Math.round(view.station);
    return html`<fieldset class="u-strip"><legend class="vh">${w(view.exact ? 'strip.exact' : 'strip.layers')}</legend>
      ${stations.map(({ name, value }, k) => html`<label><canvas aria-hidden="true"></canvas>
        <input type="radio" name="u-station" .checked=${live(k === at)} @change=${() => acts.go(k)} />
        <span>${name}</span><small>${value}</small></label>`)}
    </fieldset>
    <input class="slide u-slide" type="range" min="0" max=${Math.max(1, stations.length - 1)} step=${STEP}
      ?disabled=${stations.length < 2} aria-label=${w('strip.between')} aria-valuetext=${seen(parts)}
      @input=${(/** @type {Event} */ e) => acts.slide(/** @type {HTMLInputElement} */ (e.currentTarget).valueAsNumber)} />
    <p class="u-line">${seen(parts)}</p>
    <p class=${parts.message.bad ? 'u-note u-bad' : 'u-note'} role="status">${parts.message.text}</p>
    <div class="u-tools">
      ${view.exact ? nothing : toggle(w('tools.follow'), view.follow, acts.follow)}
      ${toggle(w('tools.exact'), view.exact, acts.exact)}
      ${view.exact ? nothing : toggle(w('tools.points'), view.points, acts.points)}
      ${ctx.values().dataset === 'yours' ? html`<button type="button" class="btn" @click=${acts.photo}>${w('tools.photo')}</button>` : nothing}
    </div>
    <ul class="key" aria-label=${w('key.label')}>
      ${[0, 1].map((k) => html`<li>${unsafeHTML(markSvg(k))}${w(`key.${ctx.values().dataset === 'rings' ? 'ring' : 'sheet'}${k + 1}`)}</li>`)}
      ${parts.cutShown() ? html`<li>${w('key.cut')}</li>` : nothing}
    </ul>`;
  };

  /** A slider that moves has its part of the page laid out and painted, which takes longer than the picture. */
  function slide() {
    const at = Math.round(view.station / STEP) * STEP;
    if (at === stands) return;
    const slider = /** @type {HTMLInputElement} */ (slot.querySelector('.u-slide'));
    stands = at;
    slider.value = at.toFixed(2);
    slider.style.setProperty('--fill', `${(100 * at) / Number(slider.max)}%`);
  }

  /** The words; builds only what changed. */
  function say() {
    const now = JSON.stringify([Math.round(view.station), view.follow, view.exact, view.points, parts.message, parts.stations(), ctx.values().dataset, seen(parts), parts.cutShown()]);
    if (now === last) return;
    last = now;
    render(template(), slot);
    stands = NaN;
  }

  return {
    draw() {
      say();
      slide();
    },
    /** @returns {HTMLCanvasElement[]} */
    prints: () => [...slot.querySelectorAll('canvas')],
    destroy: () => render(nothing, slot),
  };
}
