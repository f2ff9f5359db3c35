/** The colours of a field: nine flat bands, tint of one class → undecided → tint of the other, or the same without steps. */
import { mix, pixel, rgb } from './palette.js';

/** @typedef {import('./palette.js').Palette} Palette */
/** @typedef {import('./palette.js').Rgb} Rgb */
/**
 * @typedef {object} Ramp
 * @property {Uint32Array[]} words colours by size, one list a class (or below and above zero)
 * @property {number} span sizes beyond it take the last colour
 * @property {number[]} edges sizes at which a flat band ends; none when the colours are continuous
 * @property {Uint32Array} flat the colours of the bands, class by class, and last the undecided one
 */

const BANDS = 4;

/** Colours in each list of a ramp, less one. */
export const STEPS = 2048;

/** Log-odds beyond which a class has its full tint. */
export const SPAN = 6;

/** Where one band ends and the next begins, as log-odds: tanh(m / 2) = 1/8, 3/8, 5/8, 7/8. */
export const BAND_EDGES = [1, 3, 5, 7].map((k) => 2 * Math.atanh(k / 8));

/**
 * The nearest of the printed bands to a share in 0..1, as a mix of undecided and tint.
 * @param {number} share
 * @param {boolean} soft
 */
export function bandMix(share, soft) {
  if (soft) return share;
  const band = Math.round(share * BANDS) / BANDS;
  return band === 0 ? 0 : 0.1 + 0.9 * Math.pow(band, 1.05);
}

/**
 * @param {Rgb} mid
 * @param {Rgb[]} tints
 * @param {boolean} soft
 * @param {(value: number) => number} share of the full tint, for a size
 * @param {number[]} edges
 * @param {number} span
 * @returns {Ramp}
 */
function ramp(mid, tints, soft, share, edges, span) {
  const colour = (/** @type {Rgb} */ tint, /** @type {number} */ size) => pixel(mix(mid, tint, bandMix(share(size), soft)));
  // Few of the colours are different ones, and mixing them is what takes time.
  const parts = Float64Array.from({ length: STEPS + 1 }, (_, i) => bandMix(share((i / STEPS) * span), soft));
  const words = tints.map((tint) => {
    let [part, word] = [NaN, 0];
    return Uint32Array.from(parts, (p) => (p === part ? word : (word = pixel(mix(mid, tint, (part = p))))));
  });
  if (soft) return { words, span, edges: [], flat: Uint32Array.from(words, (half) => half[STEPS]) };
  const middles = edges.map((edge, k) => (k + 1 < edges.length ? (edge + edges[k + 1]) / 2 : span));
  return { words, span, edges, flat: Uint32Array.from([...tints.flatMap((tint) => middles.map((m) => colour(tint, m))), pixel(mid)]) };
}

/**
 * Colours of a field of log-odds; of one class alone, its tint where it leads and nothing where it does not.
 * @param {Palette} palette
 * @param {boolean} soft
 * @param {number} [only] 0-based
 */
export function classRamp(palette, soft, only) {
  const mid = rgb(palette.fieldMid);
  const tints = only === undefined ? palette.classes.map((c) => rgb(c.tint)) : [mid, rgb(palette.classes[only].tint)];
  return ramp(mid, tints, soft, (m) => Math.tanh(m / 2), BAND_EDGES, SPAN);
}

/**
 * Colours of one signed quantity in −1..1: blue below zero, orange above, or one class's tint above and nothing below.
 * @param {Palette} palette
 * @param {boolean} soft
 * @param {number} [only]
 */
export function unitRamp(palette, soft, only) {
  const mid = rgb(palette.fieldMid);
  const tints = [only === undefined ? rgb(palette.classes[0].tint) : mid, rgb(palette.classes[only ?? 1].tint)];
  return ramp(mid, tints, soft, (v) => v, [1, 3, 5, 7].map((k) => k / (2 * BANDS)), 1);
}
