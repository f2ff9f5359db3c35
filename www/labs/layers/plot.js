/** The stage: its canvas, its size, its text alternative; under it the scrubber. */
import { html, nothing, render } from 'lit';
import { fit } from '../../draw/plane.js';
import { drawCrosshair } from '../plane/crosshair.js';
import { hands } from './hands.js';
import { PAINTED, Picture, cameraOf } from './picture.js';
import { project } from './camera.js';
import { placesAt, projectorsOf } from './way.js';
import { createScrubber } from './scrubber.js';
import { altText, projectionText } from './words.js';

/** @typedef {import('./types.js').Parts} Parts */

/** @param {Parts} parts */
export function createPlot(parts) {
  const { ctx, store, view, w } = parts;
  const picture = new Picture();
  let side = 0;
  let said = 0;
  let noted = '';
  let crossed = false;

  render(
    html`<div class="l-plot" role="application" tabindex="0" aria-label=${w('plot')} aria-describedby="l-line"><canvas role="img"></canvas><canvas class="l-over" aria-hidden="true"></canvas><p class="l-note"></p></div><div class="l-way"></div>`,
    ctx.slots.stage,
  );
  const box = /** @type {HTMLElement} */ (ctx.slots.stage.querySelector('.l-plot'));
  const canvas = /** @type {HTMLCanvasElement} */ (box.querySelector('canvas'));
  const over = /** @type {HTMLCanvasElement} */ (box.querySelector('.l-over'));
  const note = /** @type {HTMLElement} */ (box.querySelector('.l-note'));
  const scrubber = createScrubber(parts, /** @type {HTMLElement} */ (ctx.slots.stage.querySelector('.l-way')));
  const letGo = hands(parts, box, picture, () => {
    if (store.tables.followed.rows === 0) return undefined;
    const projectors = projectorsOf(store.chain, store.tables.axes, view);
    const [x, y] = project(placesAt(store.chain, projectors, store.tables.followed.data, view.t), cameraOf(store, view, side));
    return [x, y];
  });

  function paint() {
    // Asking for the width lays the page out, so it is asked once a size.
    side ||= box.clientWidth;
    if (!store.version || side === 0) return;
    const palette = parts.palette();
    const g = fit(canvas, side, side, devicePixelRatio);
    picture.paint(g, store, view, palette, { side, every: 1, small: false });
    g.lineWidth = 1;
    g.strokeStyle = palette.edge;
    g.strokeRect(0.5, 0.5, side - 1, side - 1);
    box.dataset.tool = view.tool;
    scrubber.draw();
    paintOver();
    const text = projectionText(parts);
    if (text !== noted) render(text || nothing, note);
    noted = text;
    // Screen readers read the label on request; writing it sixty times a second would only cost time.
    if (performance.now() - said > 500 || store.settled) {
      said = performance.now();
      canvas.setAttribute('aria-label', altText(parts));
      box.dataset.space = store.spatial ? 'space' : 'plane';
    }
  }

  function paintOver() {
    // A canvas that is touched is composited anew, so an empty one is left alone.
    if (side === 0 || (!view.at && !crossed)) return;
    crossed = Boolean(view.at);
    const g = fit(over, side, side, devicePixelRatio);
    g.clearRect(0, 0, side, side);
    const unit = side / 2 / PAINTED;
    drawCrosshair(g, view, { x: (v) => side / 2 + unit * v, y: (v) => side / 2 - unit * v, unit }, parts.palette());
  }

  return {
    paint,
    paintOver,
    halt: scrubber.stop,
    resize() {
      side = 0;
    },
    stop() {
      scrubber.stop();
      letGo();
    },
  };
}
