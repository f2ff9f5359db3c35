/** The topology lab's stage: two sets, a network that may be too narrow for them, and the point that proves it. */
import { mounting } from '../element/mounting.js';
import { orbit } from '../draw/orbit.js';
import { createCharts } from './topology/charts.js';
import { hands } from './topology/hands.js';
import { createHidden } from './topology/hidden.js';
import { createPlot } from './topology/plot.js';
import { Store } from './topology/store.js';
import { css } from './topology/style.js';
import { createTools } from './topology/tools.js';
import { nowOf, summary, table, vars } from './topology/words.js';

/** @typedef {import('./topology/types.js').StageContext} StageContext */
/** @typedef {import('./topology/types.js').StageView} StageView */
/** @typedef {import('./topology/types.js').Parts} Parts */
/** @typedef {import('./topology/types.js').ViewState} ViewState */

export default {
  id: 'topology',
  thumbnails: 'dataset',
  hidden: ['weights'],
  minors: ['wrong', 'witnessX', 'witnessY', 'width'],
  mount,
};

/** The parts beside the plot are drawn this seldom while a run goes on. */
const SELDOM_MS = { hidden: 50, charts: 250 };

/**
 * @param {StageContext} ctx
 * @returns {StageView}
 */
function mount(ctx) {
  const { place, clear, theme, ...words } = mounting(ctx, 'topology', css);
  const store = new Store(ctx.about);
  /** @type {ViewState} */
  const view = { tool: 'look', space: orbit(), hidden: orbit(), point: -1, first: null, stroke: null, moved: null, refused: '' };
  /** @type {Parts} */
  const parts = {
    ctx, store, view, show, propose, ...words,
  };

  const plot = createPlot(parts);
  const tools = createTools(parts, place(ctx.slots.key));
  const hidden = createHidden(parts, ctx.slots.net);
  const charts = createCharts(parts, ctx.slots.charts);
  const letGo = hands(parts, plot.box);
  const last = { hidden: -Infinity, charts: -Infinity };

  /** @param {Partial<ViewState>} change */
  function show(change) {
    const turned = 'hidden' in change;
    Object.assign(view, change);
    if (turned) return hidden.draw();
    plot.paint();
    if (!('space' in change)) tools.draw();
  }

  /** @type {Parts['propose']} */
  async function propose([a, b]) {
    const data = [a.length / 2, ...a, ...b];
    try {
      await ctx.ask('judge', data);
    } catch (error) {
      const { code, data: told } = /** @type {import('../worker/protocol.js').LabError} */ (error);
      if (code !== 'refused') throw error;
      show({ refused: String(told.what) });
      return false;
    }
    show({ refused: '' });
    ctx.input('curves', data);
    return true;
  }

  function repaint() {
    plot.box.classList.toggle('t-space', store.inSpace);
    plot.paint();
    tools.say();
  }

  /** Parts that need not follow every frame of a run, one of them at a time. @param {boolean} settled */
  function others(settled) {
    const now = performance.now();
    for (const [name, part] of /** @type {const} */ ([['hidden', hidden], ['charts', charts]])) {
      if (!settled && now - last[name] < SELDOM_MS[name]) continue;
      last[name] = now;
      part.draw();
      if (!settled) return;
    }
  }

  return {
    frame(frame) {
      store.take(frame);
      if (view.tool !== 'look' && ctx.values().dataset !== 'yours') Object.assign(view, { tool: 'look', first: null, stroke: null, moved: null, point: -1 });
      repaint();
      others(frame.settled);
    },
    resize() {
      plot.resize();
      hidden.resize();
      charts.resize();
      repaint();
      others(true);
    },
    theme() {
      theme();
      repaint();
      others(true);
    },
    summary: () => summary(parts),
    table: () => table(parts),
    nowOf: (group) => nowOf(parts, group),
    vars: () => vars(parts),
    guess() {},
    undo: () => false,
    destroy() {
      letGo();
      hidden.destroy();
      clear();
    },
  };
}
