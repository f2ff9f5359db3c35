/** A histogram: how many values fall in each of a few equal bins, the ones below a limit in the accent. */
import { bin, max, quantileSorted } from 'd3-array';

/** @typedef {import('./palette.js').Palette} Palette */
/** @typedef {import('./chart.js').Axes} Axes */
/** @typedef {{ from: number, to: number, count: number }} Bin */

/**
 * A round number that nearly all values stay under, so that one far point does not flatten the rest.
 * @param {number[]} values
 * @param {number} least
 */
export function reach(values, least) {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  const high = quantileSorted(sorted, 0.97) ?? 0;
  const step = high > 0.8 ? 0.4 : high > 0.4 ? 0.2 : 0.1;
  return Math.max(least, Math.round(10 * Math.ceil(high / step - 1e-9) * step) / 10);
}

/**
 * Equal bins over 0..top; whatever lies beyond is counted in the last one.
 * @param {number[]} values
 * @param {number} top
 * @param {number} count
 * @returns {Bin[]}
 */
export function bins(values, top, count) {
  const edges = Array.from({ length: count - 1 }, (_, i) => ((i + 1) * top) / count);
  const capped = values.filter(Number.isFinite).map((v) => Math.min(v, top));
  return bin().domain([0, top]).thresholds(edges)(capped).map((b) => ({ from: b.x0 ?? 0, to: b.x1 ?? top, count: b.length }));
}

/**
 * A round top for the counts, with its half a whole number too.
 * @param {Bin[]} rows
 */
export function countTop(rows) {
  const most = max(rows, (row) => row.count) ?? 0;
  const step = most > 200 ? 100 : most > 40 ? 20 : 10;
  return Math.max(step, Math.ceil(most / step) * step);
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Bin[]} rows
 * @param {Axes} axes
 * @param {number} limit bins that lie below it are in the accent; one that straddles it is split
 * @param {Palette} palette
 */
export function bars(ctx, rows, axes, limit, palette) {
  for (const { from, to, count } of rows) {
    if (count === 0) continue;
    const [left, right, top] = [axes.x(from) + 1, axes.x(to) - 1, axes.y(count)];
    const cut = Math.max(left, Math.min(right, axes.x(limit)));
    ctx.fillStyle = palette.accent;
    if (cut > left) ctx.fillRect(left, top, cut - left, axes.box.bottom - top);
    ctx.fillStyle = palette.edge;
    if (cut < right) ctx.fillRect(cut, top, right - cut, axes.box.bottom - top);
  }
}
