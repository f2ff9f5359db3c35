/** Octaves: the sides a picture grows through, and how far along a run is. Arithmetic only. */

/**
 * Where an octave of a side stands in a square of `width` that the last octave fills: every pixel is as large in each of them.
 *
 * @param {number} side of the octave, in pixels of its picture
 * @param {number} full of the last octave
 * @param {number} width in CSS pixels
 */
export function boxOf(side, full, width) {
  const w = (side / Math.max(1, full)) * width;
  return { x: (width - w) / 2, y: (width - w) / 2, width: w, height: w };
}

/**
 * @param {number} step of the run
 * @param {number} octaves
 * @param {number} perOctave steps each
 * @returns {{ octave: number, within: number, done: boolean }} octave from 1; `within`: steps taken of it
 */
export function placeOf(step, octaves, perOctave) {
  const all = octaves * perOctave;
  const at = Math.min(step, all);
  const octave = Math.min(octaves, Math.floor(at / perOctave) + 1);
  return { octave, within: at - (octave - 1) * perOctave, done: step >= all };
}

/** Steps at which each octave begins. @param {number} octaves @param {number} perOctave */
export const beginnings = (octaves, perOctave) => Array.from({ length: octaves }, (_, k) => k * perOctave);

/**
 * Squares of these sides beside each other, standing on one line, as large as a width and a height allow.
 *
 * @param {number[]} sides
 * @param {number} width
 * @param {number} height
 * @param {number} gap
 */
export function row(sides, width, height, gap) {
  const sum = sides.reduce((all, side) => all + side, 0);
  const scale = Math.min((width - gap * (sides.length - 1)) / Math.max(1, sum), height / Math.max(1, ...sides));
  let x = 0;
  return sides.map((side) => {
    const box = { x, y: height - side * scale, width: side * scale, height: side * scale };
    x += box.width + gap;
    return box;
  });
}
