/** The key under the plot: the marks in use and what the lines mean, as words with pictures. */
import { html, render } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { arrowSvg, ballSvg, gradientSvg, markSvg, pathSvg, swatchSvg } from '../../draw/legend.js';
import { aboutClasses, chosenPoint } from './picture.js';
import { unitOf } from './store.js';

/** @typedef {import('./types.js').Parts} Parts */

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot a list, or an element to put one in
 */
export function createKey(parts, slot) {
  let last = '';
  return {
    draw() {
      const items = itemsOf(parts);
      const now = items.map(([picture, text]) => picture + text).join();
      if (now === last) return;
      last = now;
      render(html`<ul class="key" aria-label=${parts.w('key.label')}>${items.map(([picture, text]) => html`<li>${unsafeHTML(picture)}${text}</li>`)}</ul>`, slot);
    },
  };
}

/**
 * @param {Parts} parts
 * @returns {[picture: string, text: string][]}
 */
function itemsOf({ ctx, store, view, w }) {
  const unit = view.unit === null ? undefined : unitOf(store.shape, view.unit);
  /** @type {[string, string][]} */
  const items = Array.from({ length: Math.max(2, store.classes) }, (_, k) => [markSvg(k), w(`class.${k + 1}`)]);
  items.push([markSvg(0, true), w('key.held')]);
  const answers = aboutClasses(store, view);
  if (answers && view.arrows !== 'none') items.push([arrowSvg(), w('key.push')]);
  if (chosenPoint(store, Number(ctx.values().selected ?? -1))) {
    items.push([ballSvg(ctx.values().norm === 'linf' ? 'linf' : 'l2'), w('key.ball')], [pathSvg(), w('key.path')]);
  }
  if (answers && view.gradient) items.push([gradientSvg(), w('key.gradient')]);
  if (unit && unit.kind !== 'class') items.push([swatchSvg(1), w('key.below')], [swatchSvg(2), w('key.above')]);
  return items;
}
