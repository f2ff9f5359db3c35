/** The scale a slider runs on: the number itself, or its power of ten. */

/** @typedef {import('../worker/protocol.js').NumberKind} NumberKind */

/**
 * `to` is where on the slider a number stands, `from` the number at a place.
 *
 * @param {NumberKind} kind
 */
export function scaleOf({ min, max, step, scale }) {
  const within = (/** @type {number} */ v) => Math.min(max, Math.max(min, v));
  if (scale === 'linear') {
    return { min, max, step, to: (/** @type {number} */ v) => v, from: within };
  }
  return {
    min: Math.log10(min),
    max: Math.log10(max),
    step,
    to: (/** @type {number} */ v) => Math.log10(v),
    // Two digits are what a reader would say: 0.013, not 0.012589.
    from: (/** @type {number} */ place) => within(Number((10 ** place).toPrecision(2))),
  };
}
