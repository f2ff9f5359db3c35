/** The layers lab's stage: the plane carried through the network, the scrubber under it, every stop beside it, the charts below. */
import { mounting } from '../element/mounting.js';
import { turns } from '../element/turns.js';
import { createCharts } from './layers/charts.js';
import { createPlot } from './layers/plot.js';
import { createStrip } from './layers/strip.js';
import { css } from './layers/style.js';
import { Store } from './layers/store.js';
import { createTools } from './layers/tools.js';
import { countsOf, nowOf, summary, table } from './layers/words.js';
import { strokes } from './plane/strokes.js';

/** @typedef {import('./layers/types.js').StageContext} StageContext */
/** @typedef {import('./layers/types.js').StageView} StageView */
/** @typedef {import('./layers/types.js').Parts} Parts */
/** @typedef {import('./layers/types.js').ViewState} ViewState */

/** How long a hand that turns or scrubs has to rest before everything else is drawn too. */
const REST_MS = 160;

export default {
  id: 'layers',
  thumbnails: 'dataset',
  hidden: ['depth', 'follow', 'x', 'y'],
  minors: ['testAccuracy', 'maxStretch', 'minDeterminant', 'roundTripError'],
  mount,
};

/**
 * @param {StageContext} ctx
 * @returns {StageView}
 */
function mount(ctx) {
  const { place, clear, theme, ...words } = mounting(ctx, 'layers', css);
  const store = new Store(ctx.about);
  const drawn = strokes(ctx.input);
  /** @type {ViewState} */
  const view = { tool: 'look', cls: 0, brush: 0.1, at: null, t: Infinity, yaw: -0.5, pitch: -0.34, reach: 1.8, answers: false, projecting: 'pca', tour: 0, units: [0, 1, 2] };
  /** The scrubber's place as the settings have it; behind the last layer there is nothing more, so `all` says the end. */
  let depth = NaN;
  const all = Number(ctx.about.knobs.find(({ id }) => id === 'depth')?.default);
  let resting = 0;
  /** Hidden layers of the frame before. */
  let layers = 0;
  /** Whether it had no points: then there is nothing to look at, only something to paint. */
  let empty = false;
  /** @type {Parts} */
  const parts = {
    ctx, store, view, ...drawn, show, brush, read, go, follow, ...words,
  };
  const plot = createPlot(parts);
  const tools = createTools(parts, place(ctx.slots.key));
  const strip = createStrip(parts, ctx.slots.net);
  const charts = createCharts(parts, ctx.slots.charts);
  const others = turns([
    { draw: strip.draw, every: 120 },
    { draw: charts.draw, every: 300 },
  ]);

  /** @param {Partial<ViewState>} change */
  function show(change) {
    Object.assign(view, change);
    if (view.tool === 'look') view.at = null;
    plot.paint();
    tools.draw();
    others.next();
    // The rest follows once the hand rests: together they are too much for every move of it.
    clearTimeout(resting);
    resting = window.setTimeout(others.settle, REST_MS);
  }

  /** @type {Parts['go']} */
  function go(t, rest = false) {
    show({ t, tool: 'look' });
    if (rest) rested();
  }

  /** Where the scrubber stands, the link may say. */
  function rested() {
    const { t } = view;
    depth = t >= store.last ? all : Math.round(100 * t) / 100;
    if (depth !== Number(ctx.values().depth)) ctx.look('depth', depth);
  }

  /** One paints on the plane as it is, untouched and seen straight on. @type {Parts['brush']} */
  function brush(change) {
    plot.halt();
    show(change.tool && change.tool !== 'look' ? { ...change, t: 0 } : change);
    rested();
  }

  /** @type {Parts['read']} */
  function read(at) {
    if (view.tool === 'look') return;
    view.at = at;
    plot.paintOver();
  }

  /** @type {Parts['follow']} */
  function follow(place) {
    if (place) {
      const [x, y] = place.map((v) => Math.max(-1, Math.min(1, Math.fround(v))));
      ctx.look('x', x);
      ctx.look('y', y);
    }
    if (Boolean(ctx.values().follow) !== Boolean(place)) ctx.look('follow', Boolean(place));
  }

  function repaint() {
    plot.paint();
    tools.draw();
    others.all();
  }

  return {
    frame(frame) {
      const { pointsVersion } = store;
      store.take(frame);
      drawn.picture(store.pointsVersion !== pointsVersion);
      adopt();
      if (store.empty && !empty && view.tool === 'look') Object.assign(view, { tool: 'paint', t: 0 });
      empty = store.empty;
      plot.paint();
      tools.draw();
      if (frame.settled) others.settle();
      else others.next();
    },
    resize() {
      plot.resize();
      strip.resize();
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
      charts.draw();
    },
    destroy() {
      clearTimeout(resting);
      others.stop();
      plot.stop();
      clear();
    },
  };

  /** A link, a sentence's button or a script moved the scrubber; or the network has more or fewer layers now. */
  function adopt() {
    const asked = Number(ctx.values().depth);
    const moved = asked !== depth;
    const grown = store.last !== layers;
    depth = asked;
    layers = store.last;
    if (moved || (grown && depth >= all)) Object.assign(view, { t: depth, tool: 'look' });
    view.t = Math.min(view.t, store.last);
  }
}
