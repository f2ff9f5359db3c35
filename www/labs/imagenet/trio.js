/** The photo, the push made large, and their sum as a screen shows it; under each what belongs to it: what it is read as, or how large it may be. */
import { html, render } from 'lit';
import { bars } from './bars.js';
import { stamp } from './rgb.js';
import { largest, reads } from './words.js';

/** @typedef {import('./types.js').Parts} Parts */

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 * @returns {import('./types.js').Part}
 */
export function createTrio(parts, slot) {
  const { ctx, store, w } = parts;
  return {
    draw() {
      const [before, now] = [store.guesses('before'), store.guesses('now')];
      const [fromWord, nowWord] = [reads(parts, before[0]), reads(parts, now[0])];
      const unmoved = w(store.step > 0 && store.has('pushed') && Number(ctx.values().epsilon) < 1 ? 'push.small' : 'push.none');
      const sizes = { gain: store.gain, size: largest(parts) };
      render(
        html`<div class="i-trio">
          <figure class="i-one"><canvas class="i-photo" role="img" aria-label=${w('original.alt', { reads: fromWord })}></canvas>
            <figcaption><span>${w('original.title')}</span></figcaption>${bars(parts, before)}</figure>
          <figure class="i-one i-mid"><canvas class="i-photo i-square" role="img" aria-label=${store.moved ? w('push.alt', sizes) : unmoved}></canvas>
            <figcaption><span>${store.moved ? w('push.title', sizes) : unmoved}</span><span>${store.moved ? sizes.size : ''}</span></figcaption>
            <div class="i-aim">${ctx.control('target')}${ctx.control('epsilon')}</div></figure>
          <figure class="i-one"><canvas class="i-photo" role="img" aria-label=${w('pushed.alt', { reads: nowWord, step: ctx.number(store.step) })}></canvas>
            <figcaption><span>${w('pushed.title')}</span><span>${w('pushed.step', { step: ctx.number(store.step) })}</span></figcaption>${bars(parts, now, { aims: true })}
            <p class="i-line">${w('bars.hint')}</p></figure>
        </div>`,
        slot,
      );
      const canvases = slot.querySelectorAll('canvas');
      /** @type {const} */ (['original', 'push', 'pushed']).forEach((name, i) => {
        const pixels = store.pixels(name);
        if (pixels) stamp(canvases[i], pixels);
      });
    },
  };
}
