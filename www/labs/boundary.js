/** The boundary lab's stage: the plane with its class field, points and smallest pushes, the network beside it, the charts below. */
import { mounting } from '../element/mounting.js';
import { nearby } from '../lib/nearby.js';
import { createCharts } from './boundary/charts.js';
import { hands } from './boundary/hands.js';
import { createKey } from './boundary/key.js';
import { createNet } from './boundary/net.js';
import { createPlot } from './boundary/plot.js';
import { reader } from './boundary/reader.js';
import { Store } from './boundary/store.js';
import { css } from './boundary/style.js';
import { createTools } from './boundary/tools.js';
import { turns } from '../element/turns.js';
import { countsOf, nowOf, summary, table } from './boundary/words.js';
import { strokes } from './plane/strokes.js';

/** @typedef {import('./boundary/types.js').StageContext} StageContext */
/** @typedef {import('./boundary/types.js').StageView} StageView */
/** @typedef {import('./boundary/types.js').Parts} Parts */
/** @typedef {import('./boundary/types.js').ViewState} ViewState */

export default {
  id: 'boundary',
  thumbnails: 'dataset',
  hidden: ['selected'],
  minors: ['testAccuracy', 'trainAccuracy', 'meanPerturbation', 'gradients'],
  mount,
};

/**
 * @param {StageContext} ctx
 * @returns {StageView}
 */
function mount(ctx) {
  const { place, clear, theme, ...words } = mounting(ctx, 'boundary', css);
  const store = new Store(ctx.about);
  const drawn = strokes(ctx.input);
  /** @type {ViewState} */
  const view = { tool: 'look', cls: 0, brush: 0.1, arrows: 'held', soft: false, gradient: false, contours: true, unit: null, at: null, reading: null };
  /** @type {Parts} */
  const parts = {
    ctx, store, view, ...drawn, show, read, ...words,
  };

  const plot = createPlot(parts);
  const key = createKey(parts, place(ctx.slots.key));
  const tools = createTools(parts, place(ctx.slots.key));
  const net = createNet(parts, ctx.slots.net, plot.bounded);
  const charts = createCharts(parts, ctx.slots.charts);
  const letGo = hands(parts, plot.box);
  const ask = reader((place) => ctx.ask('at', place), (reading) => {
    if (!view.at) return;
    view.reading = reading;
    net.read();
    tools.say();
  });
  const stop = new AbortController();
  ctx.root.ownerDocument.addEventListener('pointerdown', tools.closeMenu, { signal: stop.signal });

  const others = turns([
    { draw: plot.paintPoints, every: 60 },
    { draw: net.build, every: 100 },
    { draw: net.draw, every: 100, seen: () => near.has('net') },
    { draw: charts.draw, every: 300, seen: () => near.has('charts') },
  ]);
  const near = nearby({ net: ctx.slots.net, charts: ctx.slots.charts }, (name) => store.version > 0 && others.came({ net: net.draw, charts: charts.draw }[name]));
  let readFrom = '';
  let empty = false;

  /** @param {Partial<ViewState>} change */
  function show(change) {
    Object.assign(view, change);
    plot.paint();
    plot.paintPoints();
    plot.paintOver();
    key.draw();
    tools.draw();
    if ('unit' in change) net.draw();
  }

  /** @type {Parts['read']} */
  function read(at, from) {
    // The pointer leaving the plot does not take away a crosshair that was put there by keys.
    if (at === null && from === 'pointer' && readFrom === 'keys') return;
    readFrom = from;
    view.at = at;
    if (at) ask.at(at);
    else {
      ask.stop();
      view.reading = null;
      net.read();
    }
    plot.paintOver();
    tools.say();
  }

  /** What follows every frame. */
  function said() {
    key.draw();
    tools.say();
  }

  function repaint() {
    plot.paint();
    said();
    plot.paintOver();
    others.all();
    tools.draw();
  }

  return {
    frame(frame) {
      const { pointsVersion } = store;
      const shape = String(store.shape);
      store.take(frame);
      if (String(store.shape) !== shape) view.unit = null;
      drawn.picture(store.pointsVersion !== pointsVersion);
      follow();
      plot.frame();
      // The first words come after the first picture, in a task of their own.
      if (store.version === 1) setTimeout(said);
      else said();
      if (frame.settled) others.settle();
      else if (store.version > 2) others.next(); // the first pictures, rough and whole, have enough to do
      if (view.at) ask.at(view.at);
    },
    resize() {
      plot.resize();
      net.resize();
      charts.resize();
      repaint();
    },
    theme() {
      theme();
      repaint();
    },
    summary: () => summary(parts),
    table: () => table(parts),
    nowOf: (group) => nowOf(parts, group),
    vars: () => countsOf(parts),
    undo: () => drawn.key('undo'),
    redo: () => drawn.key('redo'),
    guess(share) {
      charts.guess(share);
      if (near.has('charts')) charts.draw();
    },
    destroy() {
      others.stop();
      near.stop();
      letGo();
      stop.abort();
      ask.stop();
      clear();
    },
  };

  /** On an empty plane there is nothing to look at, only something to draw. */
  function follow() {
    const now = store.count === 0;
    if (now && !empty && view.tool === 'look') view.tool = 'paint';
    if (now !== empty) tools.draw();
    empty = now;
  }
}
