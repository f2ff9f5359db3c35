/** Small pictures: one neuron's field in its 44-pixel frame, and a data set as a handful of dots. */
import { outline } from './marks.js';

/** @typedef {import('./palette.js').Palette} Palette */

/**
 * A scale that brings a unit's picture into −1..1: activations that saturate keep theirs, others are measured against their own largest.
 * @param {Float32Array} grid
 * @param {boolean} bounded
 */
export function unitScale(grid, bounded) {
  if (bounded) return 1;
  let most = 0;
  for (const v of grid) if (Math.abs(v) > most) most = Math.abs(v);
  return most > 1e-6 ? 1 / most : 1;
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} width
 * @param {number} height
 * @param {Float32Array} triples x, y, class
 * @param {Palette} palette
 */
export function dataset(ctx, width, height, triples, palette) {
  ctx.clearRect(0, 0, width, height);
  const r = Math.max(1.2, width / 52);
  for (let k = 0; k < palette.classes.length; k++) {
    ctx.beginPath();
    for (let i = 0; i + 2 < triples.length; i += 3) {
      if (Math.round(triples[i + 2]) === k) outline(ctx, k, ((triples[i] + 1) / 2) * width, ((1 - triples[i + 1]) / 2) * height, r);
    }
    ctx.fillStyle = palette.classes[k].fill;
    ctx.fill();
  }
}
