/** Every stop of the way at once: a small picture after each layer, and how far a flat cut gets there. A press goes to it. */
import { html, render } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { fit } from '../../draw/plane.js';
import { heading } from '../../element/heading.js';
import { Picture } from './picture.js';
import { momentOf } from './way.js';

/** @typedef {import('./types.js').Parts} Parts */

/** Every so-manyth line of the grid is enough on a stamp. */
const LINES = 12;

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 */
export function createStrip(parts, slot) {
  const { ctx, store, view, w } = parts;
  /** @type {Picture[]} */
  const pictures = [];
  let drawn = '';
  let side = 0;

  const name = (/** @type {number} */ layer) => (layer === 0 ? w('strip.raw') : w('strip.layer', { layer }));
  /** A style attribute would be refused by the page's content policy. @param {number} share */
  const length = (share) => (/** @type {Element | undefined} */ bar) => {
    if (bar instanceof HTMLElement) bar.style.setProperty('--share', String(Number.isFinite(share) ? share : 0));
  };

  function build() {
    const { layer, rest } = momentOf(view.t, store.last);
    const shares = Array.from({ length: store.last + 1 }, (_, l) => store.probe(l));
    const now = [layer, rest, ...shares.map((share) => ctx.percent(share))].join();
    if (now === drawn) return;
    drawn = now;
    render(
      html`${heading(ctx, w('strip.title'))}
        <ol class="l-strip" aria-label=${w('strip.label')}>
          ${shares.map((share, l) => html`<li><button type="button" aria-pressed=${rest && layer === l} @click=${() => parts.go(l, true)}>
            <canvas aria-hidden="true"></canvas><span class="l-name">${name(l)}</span>
            <span class="l-bar ${l === 0 ? 'l-control' : ''}"><i ${ref(length(share))}></i></span>
            <span class="l-share">${ctx.percent(share)}</span></button></li>`)}
        </ol>`,
      slot,
    );
  }

  return {
    draw() {
      build();
      const canvases = slot.getElementsByTagName('canvas');
      side ||= canvases[0]?.clientWidth ?? 0;
      if (!store.version || side === 0) return;
      const every = Math.max(1, Math.floor((store.side - 1) / LINES));
      for (let l = 0; l <= store.last; l++) {
        const picture = (pictures[l] ??= new Picture());
        picture.paint(fit(canvases[l], side, side, devicePixelRatio), store, { ...view, t: l, tool: 'look' }, parts.palette(), { side, every, small: true });
      }
    },
    resize() {
      side = 0;
    },
  };
}
