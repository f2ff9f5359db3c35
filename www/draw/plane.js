/** Where a point of the plane [−1, 1]², y up, falls on a canvas measured in CSS pixels. */
import { scaleLinear } from 'd3-scale';

/** @typedef {import('d3-scale').ScaleLinear<number, number>} Scale */
/** @typedef {{ x: Scale, y: Scale, width: number, height: number, unit: number }} Plane `unit` is one plane unit in pixels */

/**
 * @param {number} width
 * @param {number} [height]
 * @returns {Plane}
 */
export function plane(width, height = width) {
  return {
    x: scaleLinear([-1, 1], [0, width]),
    y: scaleLinear([-1, 1], [height, 0]),
    width,
    height,
    unit: width / 2,
  };
}

const MAX_SIDE = 2048;

/** Pixels a CSS pixel, at least, of a picture that stands. */
const CRISP = 2;

/**
 * Backing store at the device's ratio, at least 2 unless told, never more than 2,048 pixels a side.
 * @param {number} side the longer side in CSS pixels
 * @param {number} deviceRatio
 * @param {number} [least]
 */
export function ratioFor(side, deviceRatio, least = CRISP) {
  return Math.max(1, Math.min(Math.max(least, deviceRatio || 1), MAX_SIDE / Math.max(1, side)));
}

/**
 * Gives a canvas its backing store (touching it only when the size changes, which would clear it) and a context in CSS pixels.
 * @template {HTMLCanvasElement | OffscreenCanvas} C
 * @param {C} canvas
 * @param {number} width CSS pixels
 * @param {number} height CSS pixels
 * @param {number} deviceRatio
 * @param {number} [least] of pixels a CSS pixel
 * @returns {CanvasRenderingContext2D}
 */
export function fit(canvas, width, height, deviceRatio, least) {
  const ratio = ratioFor(Math.max(width, height), deviceRatio, least);
  const w = Math.max(1, Math.round(width * ratio));
  const h = Math.max(1, Math.round(height * ratio));
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  // An OffscreenCanvas context has every method used here; only its type is separate.
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  ctx.setTransform(w / width, 0, 0, h / height, 0, 0);
  return ctx;
}
