/** The charts under a figure: accuracy against size of push, how far the boundary is, and loss and accuracy as the run goes on. */
import { ticks } from 'd3-array';
import { html, render } from 'lit';
import { axes, cursor, curve, guess as drawGuess, labelCurves } from '../../draw/chart.js';
import { bars, bins, countTop, reach } from '../../draw/histogram.js';
import { fit } from '../../draw/plane.js';
import { topLoss } from '../../draw/track.js';
import { heading } from '../../element/heading.js';
import { PUSH } from './store.js';

/** @typedef {import('./types.js').Parts} Parts */
/** @typedef {import('./types.js').Palette} Palette */
/** @typedef {{ ctx: CanvasRenderingContext2D, width: number, height: number, palette: Palette }} Sheet */

const ONE = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
const TWO = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
const NAMES = /** @type {const} */ (['robust', 'far', 'run']);
const DASH = [5, 4];

/** @param {number} top a round number */
const fifths = (top) => (top > 0.65 ? [0, top / 4, top / 2, (3 * top) / 4, top] : Array.from({ length: Math.round(top * 10) + 1 }, (_, i) => i / 10));

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 */
export function createCharts(parts, slot) {
  const { ctx, store, w } = parts;
  /** @type {number | undefined} */
  let guess;
  render(
    html`${NAMES.map((name) => html`<div class="chart ${name === 'run' ? 'b-both' : ''}">${heading(ctx, w(`chart.${name}.title`))}<canvas role="img" aria-label=${w(`chart.${name}.title`)}></canvas></div>`)}`,
    slot,
  );
  const canvases = slot.getElementsByTagName('canvas');
  const epsilon = () => Number(ctx.values().epsilon);

  /** @param {Sheet} sheet */
  function robust({ ctx: g, width, height, palette }) {
    const { rows, columns, data } = store.tables.curve;
    const column = (/** @type {number} */ c) => Array.from({ length: rows }, (_, i) => data[i * columns + c]);
    const [x, worst, noise] = [column(0), column(1), column(2)];
    const top = Math.max(0.1, x.at(-1) ?? 0.4);
    const frame = axes(g, width, height, {
      x: [0, top], y: [0, 1], xTicks: fifths(top), yTicks: [0, 0.5, 1],
      xFormat: (v) => ctx.number(v, ONE), yFormat: (v) => ctx.percent(v), xLabel: w('chart.robust.x'), yLabel: w('chart.robust.y'),
    }, palette);
    cursor(g, frame, epsilon(), { colour: palette.accent, text: 'ε' }, palette);
    const series = [
      { series: { x, y: noise }, text: w('chart.robust.noise'), colour: palette.ink2 },
      { series: { x, y: worst }, text: w('chart.robust.worst'), colour: palette.accent, fill: true },
    ];
    curve(g, series[1].series, frame, { colour: palette.accent, width: 2.5, fill: true });
    curve(g, series[0].series, frame, { colour: palette.ink2, width: 2, dash: DASH });
    labelCurves(g, series, frame, palette);
    if (guess !== undefined) drawGuess(g, frame, epsilon(), guess, w('chart.robust.guess'), palette);
    return w('chart.robust.alt', { epsilon: ctx.number(epsilon(), TWO), robust: ctx.percent(store.readouts.robustAccuracy), noise: ctx.percent(store.readouts.noiseAccuracy) });
  }

  /** @param {Sheet} sheet */
  function far({ ctx: g, width, height, palette }) {
    const sizes = pushSizes(store.tables.push.data);
    const top = reach(sizes, 0.4);
    const count = 16;
    const rows = bins(sizes, top, count);
    const beyond = sizes.some((v) => v > top);
    const most = countTop(rows);
    const frame = axes(g, width, height, {
      x: [0, top], y: [0, most], xTicks: fifths(top), yTicks: [0, most / 2, most],
      xFormat: (v) => ctx.number(v, ONE) + (v === top && beyond ? '+' : ''), yFormat: (v) => ctx.number(v), xLabel: w('chart.far.x'), yLabel: w('chart.far.y'),
    }, palette);
    bars(g, rows, frame, epsilon(), palette);
    cursor(g, frame, epsilon(), { colour: palette.accent, text: 'ε' }, palette);
    const near = sizes.filter((v) => v < epsilon()).length;
    return w('chart.far.alt', { count: sizes.length, near, epsilon: ctx.number(epsilon(), TWO) });
  }

  /** @param {Sheet} sheet */
  function run({ ctx: g, width, height, palette }) {
    const { rows, columns, data } = store.tables.history;
    const column = (/** @type {number} */ c) => Array.from({ length: rows }, (_, i) => data[i * columns + c]);
    const steps = column(0);
    const end = Math.max(10, steps.at(-1) ?? 0);
    const split = Math.round(height * 0.42);
    const whole = { maximumFractionDigits: 0 };
    const top = topLoss(data, columns);
    const left = Math.max(44, ...[ctx.percent(1), ctx.number(top, ONE)].map((text) => 13 + text.length * 7));
    const above = axes(g, width, split, {
      x: [0, end], y: [0, 1], xTicks: [], yTicks: [0, 1], xFormat: String, yFormat: (v) => ctx.percent(v), yLabel: w('chart.run.accuracy'), margin: { bottom: 8, left },
    }, palette);
    const shares = [
      { series: { x: steps, y: column(3) }, text: w('chart.run.train'), colour: palette.ink },
      { series: { x: steps, y: column(4) }, text: w('chart.run.test'), colour: palette.ink2 },
    ];
    both(g, shares, above, palette);
    g.save();
    g.translate(0, split);
    const below = axes(g, width, height - split, {
      x: [0, end], y: [0, top], xTicks: ticks(0, end, 3).filter(Number.isInteger), yTicks: [0, top], xFormat: (v) => ctx.number(v, whole), yFormat: (v) => ctx.number(v, ONE),
      xLabel: w('chart.run.x'), yLabel: w('chart.run.loss'), margin: { left },
    }, palette);
    both(g, [1, 2].map((c) => ({ series: { x: steps, y: column(c) }, text: '', colour: c === 1 ? palette.ink : palette.ink2 })), below, palette);
    g.restore();
    return w('chart.run.alt', { step: store.step, accuracy: ctx.percent(store.readouts.testAccuracy), loss: ctx.number(store.readouts.testLoss, TWO) });
  }

  /**
   * @param {CanvasRenderingContext2D} g
   * @param {{ series: import('../../draw/chart.js').Series, text: string, colour: string }[]} series train first, held out second
   * @param {import('../../draw/chart.js').Axes} frame
   * @param {Palette} palette
   */
  function both(g, series, frame, palette) {
    curve(g, series[1].series, frame, { colour: palette.ink2, width: 1.6, dash: [4, 3] });
    curve(g, series[0].series, frame, { colour: palette.ink, width: 2 });
    labelCurves(g, series.filter(({ text }) => text), frame, palette);
  }

  const drawings = [robust, far, run];
  /** @type {[number, number][]} asked once a size: asking lays the page out */
  let sizes = [];
  return {
    draw() {
      const palette = parts.palette();
      drawings.forEach((drawing, i) => {
        const canvas = canvases[i];
        const [width, height] = (sizes[i] ??= [canvas.clientWidth, canvas.clientHeight]);
        if (width === 0 || height === 0) return;
        const g = fit(canvas, width, height, devicePixelRatio);
        g.clearRect(0, 0, width, height);
        canvas.setAttribute('aria-label', drawing({ ctx: g, width, height, palette }));
      });
    },
    resize() {
      sizes = [];
    },
    /** @param {number | undefined} share */
    guess(share) {
      guess = share;
    },
  };
}

/** @param {Float32Array} push rows x, y, size, status */
export function pushSizes(push) {
  const sizes = [];
  for (let i = 0; i < push.length; i += 4) if (push[i + 3] === PUSH.found) sizes.push(push[i + 2]);
  return sizes;
}
