/** The charts under the figure: the network's lead round the middle of each set, and accuracy as the run goes on. */
import { ticks } from 'd3-array';
import { html, render } from 'lit';
import { axes, curve, labelCurves } from '../../draw/chart.js';
import { fit } from '../../draw/plane.js';
import { heading } from '../../element/heading.js';
import { setsOf } from './words.js';

/** @typedef {import('./types.js').Parts} Parts */
/** @typedef {import('./types.js').Palette} Palette */
/** @typedef {{ ctx: CanvasRenderingContext2D, width: number, height: number, palette: Palette }} Sheet */

const NAMES = /** @type {const} */ (['round', 'run']);

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 */
export function createCharts(parts, slot) {
  const { ctx, store, w } = parts;
  render(html`${NAMES.map((name) => html`<div class="chart">${heading(ctx, w(`chart.${name}.title`))}<canvas role="img"></canvas></div>`)}`, slot);
  const canvases = slot.getElementsByTagName('canvas');
  /** @type {[number, number][]} */
  let sizes = [];

  /** @param {Sheet} sheet */
  function round({ ctx: g, width, height, palette }) {
    const { rows, columns, data } = store.tables.round;
    const x = Array.from({ length: columns + 1 }, (_, i) => i / Math.max(1, columns));
    const of = (/** @type {number} */ k) => x.map((_, i) => data[k * columns + (i % columns)]);
    const both = Array.from({ length: rows }, (_, k) => of(k));
    const [low, high] = [Math.max(-24, Math.min(-1, ...both.flat())), Math.min(24, Math.max(1, ...both.flat()))].map((v) => v * 1.1);
    const sets = setsOf(parts);
    const frame = axes(g, width, height, {
      x: [0, 1], y: [low, high], xTicks: [0, 0.25, 0.5, 0.75, 1], yTicks: ticks(low, high, 4),
      xFormat: (v) => `${ctx.number(360 * v)}°`, yFormat: (v) => ctx.number(v), xLabel: w('chart.round.x'), yLabel: w('chart.round.y', { set: w(`sets.${sets}.1`) }),
    }, palette);
    const zero = Math.round(frame.y(0)) + 0.5;
    g.beginPath();
    g.moveTo(frame.box.left, zero);
    g.lineTo(frame.box.right, zero);
    g.strokeStyle = palette.mark;
    g.lineWidth = 1.4;
    g.stroke();
    const series = both.map((y, k) => ({ series: { x, y }, text: w(`sets.${sets}.${k}`), colour: palette.classes[k].ink }));
    for (const { series: s, colour } of series) curve(g, s, frame, { colour, width: 2.2 });
    labelCurves(g, series, frame, palette);
    return w('chart.round.alt', { low: ctx.number(Math.min(...(both[1] ?? [0])), { maximumFractionDigits: 1 }), high: ctx.number(Math.max(...(both[0] ?? [0])), { maximumFractionDigits: 1 }) });
  }

  /** @param {Sheet} sheet */
  function run({ ctx: g, width, height, palette }) {
    const { rows, columns, data } = store.tables.history;
    const column = (/** @type {number} */ c) => Array.from({ length: rows }, (_, i) => data[i * columns + c]);
    const steps = column(0);
    const end = Math.max(10, steps.at(-1) ?? 0);
    const frame = axes(g, width, height, {
      x: [0, end], y: [0.4, 1], xTicks: ticks(0, end, 3).filter(Number.isInteger), yTicks: [0.5, 0.75, 1],
      xFormat: (v) => ctx.number(v, { maximumFractionDigits: 0 }), yFormat: (v) => ctx.percent(v), xLabel: w('chart.run.x'), yLabel: w('chart.run.y'),
    }, palette);
    const series = [
      { series: { x: steps, y: column(3) }, text: w('chart.run.train'), colour: palette.ink },
      { series: { x: steps, y: column(4) }, text: w('chart.run.fresh'), colour: palette.accent },
    ];
    curve(g, series[0].series, frame, { colour: palette.ink, width: 1.6, dash: [4, 3] });
    curve(g, series[1].series, frame, { colour: palette.accent, width: 2.2 });
    labelCurves(g, series, frame, palette);
    return w('chart.run.alt', { step: store.step, train: ctx.percent(store.readouts.trainAccuracy, 1) });
  }

  const drawings = [round, run];
  return {
    draw() {
      const palette = parts.palette();
      drawings.forEach((drawing, i) => {
        const canvas = canvases[i];
        const [width, height] = (sizes[i] ??= [canvas.clientWidth, canvas.clientHeight]);
        if (width === 0 || height === 0 || store.version === 0) return;
        const g = fit(canvas, width, height, devicePixelRatio);
        g.clearRect(0, 0, width, height);
        canvas.setAttribute('aria-label', drawing({ ctx: g, width, height, palette }));
      });
    },
    resize() {
      sizes = [];
    },
  };
}
