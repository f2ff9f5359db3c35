/** The plot itself: its canvases, its size, and its text alternative. */
import { html, render } from 'lit';
import { fit } from '../../draw/plane.js';
import { Ground, accused, flatPoints, sketch, spacePoints } from './picture.js';
import { altText, witnessWord } from './words.js';

/** @typedef {import('./types.js').Parts} Parts */

/** @param {Parts} parts */
export function createPlot(parts) {
  const { ctx, store, view, w } = parts;
  const ground = new Ground();
  let side = 0;
  let drawn = '';
  /** @type {import('./types.js').Palette | undefined} */
  let inked;

  const template = () => html`<div class="t-plot" role="application" tabindex="0" data-tool=${view.tool}
    aria-label=${w(store.inSpace ? 'space' : `plot.${view.tool}`)} aria-describedby="t-line">
    <canvas role="img"></canvas><canvas aria-hidden="true"></canvas><canvas aria-hidden="true"></canvas>
  </div>`;
  render(template(), ctx.slots.stage);
  const box = /** @type {HTMLElement} */ (ctx.slots.stage.querySelector('.t-plot'));
  const [field, upper, over] = box.querySelectorAll('canvas');

  /** @param {HTMLCanvasElement} canvas */
  function cleared(canvas) {
    const g = fit(canvas, side, side, devicePixelRatio);
    g.clearRect(0, 0, side, side);
    return g;
  }

  /** The points, if they or the way they are turned changed. */
  function paintPoints() {
    const palette = parts.palette();
    const now = [store.pointsVersion, side, devicePixelRatio, store.inSpace, store.inSpace ? Object.values(view.space) : '', view.moved ? 1 : 0].join();
    if (now === drawn && palette === inked) return;
    [drawn, inked] = [now, palette];
    const g = cleared(upper);
    if (store.inSpace) spacePoints(g, side, store, view, palette);
    else flatPoints(g, side, store, palette);
  }

  function paintOver() {
    const palette = parts.palette();
    const g = cleared(over);
    const drawing = view.tool === 'draw';
    if (!drawing) accused(g, side, store, view, palette, store.witness ? witnessWord(parts) : '');
    if (drawing) {
      const curves = [view.first, view.stroke].filter((curve) => curve !== null);
      sketch(g, side, { curves, open: curves.map((curve) => curve === view.stroke), handles: false, chosen: -1 }, palette);
    } else if (view.tool === 'move') {
      sketch(g, side, { curves: view.moved ?? store.curves(), open: [], handles: true, chosen: view.point }, palette);
    }
  }

  return {
    box,
    paint() {
      render(template(), ctx.slots.stage);
      // Asking for the width lays the page out, so it is asked once a size.
      side ||= box.clientWidth;
      if (!store.version || side === 0) return;
      ground.paint(field, side, devicePixelRatio, store, parts.palette());
      paintPoints();
      paintOver();
      if (store.settled || store.version % 30 === 0) field.setAttribute('aria-label', altText(parts));
    },
    resize() {
      side = 0;
    },
  };
}
