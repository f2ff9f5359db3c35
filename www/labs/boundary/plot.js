/** The plot itself: its canvases, its size, its text alternative, and what stands over it when there is nothing to show yet. */
import { html, render } from 'lit';
import { fit, plane } from '../../draw/plane.js';
import { heading } from '../../element/heading.js';
import { Tempo } from '../../lib/tempo.js';
import { drawCrosshair } from '../plane/crosshair.js';
import { icons } from '../plane/icons.js';
import { Ground, Points } from './picture.js';
import { altText, hiddenLayers } from './words.js';
import { firstRows } from './store.js';

/** @typedef {import('./types.js').Parts} Parts */

/** Activations that stay within −1..1, whose pictures keep one scale from neuron to neuron. */
const BOUNDED = ['tanh', 'sigmoid', 'sine'];

/** @param {Parts} parts */
export function createPlot(parts) {
  const { ctx, store, view, w } = parts;
  const ground = new Ground();
  const points = new Points();
  const tempo = new Tempo();
  let side = 0;
  let said = 0;
  let crossed = false;
  let framed = '';

  const template = () => {
    const empty = isEmpty();
    const few = !empty && store.count > 0 && store.present < 2;
    return html`<div
      class="b-plot ${empty ? 'b-empty' : ''}"
      role="application"
      tabindex="0"
      data-tool=${view.tool}
      aria-label=${w('plot')}
      aria-describedby="b-line"
    >
      <canvas class="b-field" role="img"></canvas>
      <canvas class="b-points" aria-hidden="true"></canvas>
      <canvas class="b-over" aria-hidden="true"></canvas>
      ${few ? html`<p class="b-note">${ctx.t('ui.brush.more')}</p>` : ''}
      ${empty ? cover() : ''}
    </div>`;
  };
  const cover = () => html`<div class="cover"><div>
    ${heading(ctx, w('empty.title'))}
    <p>${w('empty.text')}</p>
    <div class="row">
      <button type="button" class="btn" @click=${ctx.openFile}>${icons.file}${w('empty.open')}</button>
      <button type="button" class="btn" @click=${() => ctx.set('dataset', 'moons')}>${w('empty.moons')}</button>
    </div></div></div>`;

  const isEmpty = () => store.version > 0 && store.count === 0;

  render(template(), ctx.slots.stage);
  const box = /** @type {HTMLElement} */ (ctx.slots.stage.querySelector('.b-plot'));
  const field = /** @type {HTMLCanvasElement} */ (box.querySelector('.b-field'));
  const over = /** @type {HTMLCanvasElement} */ (box.querySelector('.b-over'));
  const upper = /** @type {HTMLCanvasElement} */ (box.querySelector('.b-points'));

  /** @param {number} row */
  function bounded(row) {
    const rows = firstRows(store.shape);
    const layer = rows.findLastIndex((first) => first <= row);
    return layer > 0 && BOUNDED.includes(hiddenLayers(ctx)[layer - 1]?.activation ?? '');
  }

  /** One more frame of the run. */
  function frame() {
    if (store.settled) tempo.rest();
    else tempo.frame(performance.now());
    paint(store.version === 1 && !store.settled);
  }

  /** The ground, as it is now. @param {boolean} [rough] the very first picture is there soonest when it is coarse; the next frame has all of it */
  function paint(rough = false) {
    const state = [view.tool, isEmpty(), store.count > 0, store.present].join();
    if (state !== framed) {
      framed = state;
      render(template(), ctx.slots.stage);
    }
    // Asking for the width lays the page out, so it is asked once a size.
    side ||= box.clientWidth;
    if (!store.version || side === 0) return;
    ground.paint(field, side, devicePixelRatio, tempo.slow, rough, store, view, parts.palette(), bounded);
    // Screen readers read the label on request; writing it sixty times a second would only cost time.
    if (performance.now() - said > 500 || store.settled) {
      said = performance.now();
      field.setAttribute('aria-label', altText(parts));
    }
  }

  /** Points and pushes, if they changed. */
  function paintPoints() {
    if (!store.version || side === 0) return;
    const { epsilon, norm, selected } = ctx.values();
    points.paint(upper, side, devicePixelRatio, store, view, parts.palette(), {
      epsilon: Number(epsilon),
      norm: norm === 'linf' ? 'linf' : 'l2',
      selected: Number(selected ?? -1),
    });
  }

  /** The crosshair and the brush, over the picture so that moving them repaints nothing else. */
  function paintOver() {
    // A canvas that is touched is composited anew, so an empty one is left alone.
    if (side === 0 || (!view.at && !crossed)) return;
    crossed = Boolean(view.at);
    const g = fit(over, side, side, devicePixelRatio);
    g.clearRect(0, 0, side, side);
    drawCrosshair(g, view, plane(side), parts.palette());
  }

  /** The box has another size. */
  function resize() {
    side = 0;
  }

  return { box, frame, paint, paintPoints, paintOver, resize, bounded };
}
