/** Under the stage: what the sheet shows, how near it is, how a wide layer is looked at; the key; the point that is followed. */
import { html, nothing, render } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { markSvg } from '../../draw/legend.js';
import { paintbox } from '../plane/paintbox.js';
import { cutShown } from './frame.js';
import { followedRows } from './words.js';

/** @typedef {import('./types.js').Parts} Parts */

/** Half widths of the picture that the buttons step through. */
export const REACHES = [0.8, 1.2, 1.8, 2.7, 4, 6, 9, 14];
let figures = 0;

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 */
export function createTools(parts, slot) {
  const { ctx, store, view, w } = parts;
  const name = `layers-tools-${++figures}`;
  const box = paintbox({ ...parts, show: parts.brush });
  let drawn = '';

  /** @param {number} by */
  function nearer(by) {
    const at = REACHES.indexOf(view.reach) + by;
    if (REACHES[at]) parts.show({ reach: REACHES[at] });
  }

  const zoom = (/** @type {number} */ by, /** @type {string} */ sign, /** @type {string} */ key) => html`<button type="button" class="btn icon" aria-label=${w(key)} title=${w(key)}
    ?disabled=${!REACHES[REACHES.indexOf(view.reach) + by]} @click=${() => nearer(by)}><span aria-hidden="true">${sign}</span></button>`;

  const inked = () => html`<div class="seg" role="radiogroup" aria-label=${w('ink.label')}>
    ${[false, true].map((answers) => html`<label><input type="radio" name="${name}-ink" .checked=${view.answers === answers} @change=${() => parts.show({ answers })} /><span>${w(answers ? 'ink.answers' : 'ink.area')}</span></label>`)}
  </div>`;

  const widest = () => Math.max(...store.shape.slice(0, -1));
  /** @param {number} k */
  const unit = (k) => html`<label class="l-unit"><span class="vh">${w(`project.axis${k + 1}`)}</span><select class="select"
    @change=${(/** @type {Event} */ e) => {
      const units = /** @type {[number, number, number]} */ ([...view.units]);
      units[k] = Number(/** @type {HTMLSelectElement} */ (e.target).value);
      parts.show({ units });
    }}>${Array.from({ length: widest() }, (_, u) => html`<option value=${u} ?selected=${view.units[k] === u}>${u + 1}</option>`)}</select></label>`;

  const projection = () => html`<div class="l-project"><div class="seg" role="radiogroup" aria-label=${w('project.label')}>
    ${/** @type {const} */ (['pca', 'units', 'tour']).map((projecting) => html`<label><input type="radio" name="${name}-project" .checked=${view.projecting === projecting} @change=${() => parts.show({ projecting })} /><span>${w(`project.${projecting}`)}</span></label>`)}
  </div>${view.projecting === 'units' ? [0, 1, 2].map(unit) : nothing}</div>`;

  const key = () => html`<ul class="key" aria-label=${w('key.label')}>
    ${Array.from({ length: store.classes }, (_, k) => html`<li>${unsafeHTML(markSvg(k))}${w(`class.${k + 1}`)}</li>`)}
    <li>${unsafeHTML(markSvg(0, true))}${w('key.held')}</li>
    ${view.answers ? nothing : html`<li><i class="l-ramp"></i>${w('key.area')}</li>`}
    ${store.spatial ? nothing : html`<li><i class="l-back"></i>${w('key.back')}</li>`}
    ${cutShown(store, view) > 0 ? html`<li><i class="l-cut"></i>${w('key.cut')}</li>` : nothing}
  </ul>`;

  const hint = () => {
    if (view.tool === 'look') return w(store.spatial ? 'hint.space' : 'hint.plane');
    if (store.empty && view.tool === 'paint') return w('hint.empty', { class: w(`class.${view.cls + 1}`) });
    return `${box.hint()} ${store.present === 1 ? ctx.t('ui.brush.more') : ''}`;
  };

  const followed = () => {
    const rows = followedRows(parts);
    if (view.tool !== 'look' || rows.length === 0) return html`<p class="l-line" id="l-line">${hint()}</p>`;
    return html`<div class="l-line" id="l-line"><p>${w('follow.title')} <button type="button" class="linklike" @click=${() => parts.follow(null)}>${w('follow.end')}</button></p>
      <ol class="l-followed" start="0">${rows.map((text) => html`<li>${text}</li>`)}</ol></div>`;
  };

  return {
    draw() {
      const now = JSON.stringify([view.reach, cutShown(store, view) > 0, view.answers, view.projecting, view.units, view.tool, view.cls, view.brush, store.shape, store.present, followedRows(parts)]);
      if (now === drawn) return;
      drawn = now;
      render(
        html`${key()}${followed()}${box.tools()}
          <div class="l-tools">${inked()}
          ${view.tool === 'look' ? html`<div class="l-zoom" role="group" aria-label=${w('zoom.label')}>${zoom(-1, '+', 'zoom.in')}${zoom(1, '−', 'zoom.out')}</div>` : nothing}
          ${view.tool === 'look' && store.projected ? projection() : nothing}</div>`,
        slot,
      );
    },
  };
}
