/** Original and attacked, one over the other, with an edge between them that is dragged or moved by arrow keys. */
import { html, render } from 'lit';
import { live } from 'lit/directives/live.js';
import { heading } from '../../element/heading.js';
import { SIDE } from './store.js';

/** @typedef {import('./types.js').Parts} Parts */

/** The edge goes from 0 to this. */
const END = 100;

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 * @returns {import('./types.js').Part}
 */
export function createWipe(parts, slot) {
  const { ctx, store, w } = parts;
  let at = END / 2;

  /** @param {Event} event */
  function moved(event) {
    at = /** @type {HTMLInputElement} */ (event.currentTarget).valueAsNumber;
    self.draw();
  }

  /** The original to the left of the edge. @param {HTMLCanvasElement} canvas */
  function paint(canvas) {
    const [original, pushed] = [store.pixels('original'), store.pixels('pushed')];
    const g = canvas.getContext('2d');
    if (!original || !pushed || !g) return;
    const edge = Math.round((SIDE * at) / END);
    g.putImageData(pushed, 0, 0);
    if (edge > 0) g.putImageData(original, 0, 0, 0, 0, edge, SIDE);
  }

  const self = {
    draw() {
      render(
        html`${heading(ctx, w('wipe.title'), 2)}
          <div class="i-wipe"><canvas class="i-photo" width=${SIDE} height=${SIDE} role="img" aria-label=${w('wipe.alt')}></canvas><span class="i-edge" aria-hidden="true"></span>
            <input type="range" min="0" max=${END} step="1" .value=${live(String(at))} aria-label=${w('wipe.label')} aria-valuetext=${w('wipe.at', { share: ctx.percent(at / END) })} @input=${moved} /></div>
          <p class="i-ends"><span>${w('wipe.left')}</span><span>${w('wipe.right')}</span></p><p class="i-line">${w('wipe.text')}</p>`,
        slot,
      );
      const frame = /** @type {HTMLElement} */ (slot.querySelector('.i-wipe'));
      frame.style.setProperty('--at', `${at}%`);
      paint(/** @type {HTMLCanvasElement} */ (frame.querySelector('canvas')));
    },
  };
  return self;
}
