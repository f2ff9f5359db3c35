/** The shapes that the parts of the dream stage hand to each other; nothing here runs. */

/**
 * @typedef {import('../ascent/types.js').Parts & {
 *   sizes: () => number[],
 *   place: () => ReturnType<typeof import('./octaves.js').placeOf>,
 *   photo: () => string,
 *   layer: () => string,
 * }} Parts  `sizes`: side of each octave, smallest first; `photo`, `layer`: by name
 */
export {};
