/** What could refute it: as much change at random, and the attacked picture saved as JPEG and opened again. */
import { html, render } from 'lit';
import { heading } from '../../element/heading.js';
import { bars } from './bars.js';
import { stamp } from './rgb.js';

/** @typedef {import('./types.js').Parts} Parts */

/** Whether the same class stands first in both. @param {import('./store.js').Guess[]} a @param {import('./store.js').Guess[]} b */
export const same = (a, b) => a.length > 0 && b.length > 0 && a[0].index === b[0].index;

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 * @returns {import('./types.js').Part}
 */
export function createBeside(parts, slot) {
  const { ctx, store, w } = parts;

  /** What the JPEG did to the push. */
  function survival() {
    const [before, now, after] = [store.guesses('before'), store.guesses('now'), store.guesses('afterJpeg')];
    if (!store.moved || after.length === 0) return w('jpeg.none');
    const vars = { name: parts.name(now[0]?.index ?? -1), other: parts.name(after[0].index), quality: ctx.number(Number(ctx.values().quality)) };
    if (same(before, now)) return w('jpeg.unmoved', vars);
    return w(same(now, after) ? 'jpeg.survives' : same(before, after) ? 'jpeg.healed' : 'jpeg.third', vars);
  }

  function chance() {
    const [before, after] = [store.guesses('before'), store.guesses('underNoise')];
    if (after.length === 0) return w('noise.none');
    return w(same(before, after) ? 'noise.same' : 'noise.other', { name: parts.name(after[0].index) });
  }

  return {
    draw() {
      const round = ctx.values().norm === 'l2';
      render(
        html`${heading(ctx, w('beside.title'), 1, 'i-head')}<p class="i-line">${w('beside.text')}</p>
          <div class="i-two">
            <div class="i-control"><canvas class="i-photo" role="img" aria-label=${w('noise.alt')}></canvas>
              <div>${heading(ctx, w(round ? 'noise.round' : 'noise.title'), 2)}<p class="i-line">${chance()}</p>${bars(parts, store.guesses('underNoise'))}</div></div>
            <div class="i-control"><canvas class="i-photo" role="img" aria-label=${w('jpeg.alt')}></canvas>
              <div>${heading(ctx, w('jpeg.title'), 2)}<p class="i-line">${survival()}</p>${bars(parts, store.guesses('afterJpeg'))}${ctx.control('quality')}</div></div>
          </div>`,
        slot,
      );
      const canvases = slot.querySelectorAll('canvas');
      /** @type {const} */ (['noisy', 'resaved']).forEach((name, i) => {
        const pixels = store.pixels(name);
        if (pixels) stamp(canvases[i], pixels);
      });
    },
  };
}
