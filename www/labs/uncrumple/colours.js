/** The paper's colours, out of the figure's: two sheets, what is printed on them, the table, the light. */
import { mix, rgb } from '../../draw/palette.js';

/** @typedef {import('../../draw/palette.js').Rgb} Rgb */
/** @typedef {import('../../draw/palette.js').Palette} Palette */
/**
 * @typedef {object} Colours
 * @property {[Rgb, Rgb]} paper
 * @property {[Rgb, Rgb]} ink lines printed on it
 * @property {[Rgb, Rgb]} marks points
 * @property {Rgb} ground the page behind
 * @property {Rgb} mark the cut
 * @property {boolean} dark
 * @property {{ ambient: number, sky: number, sun: number }} light how much comes from everywhere, from above, from the lamp
 */

/** @type {[number, number, number]} where the lamp stands */
export const LAMP = [-0.42, -0.28, 0.863];

/** @param {Palette} palette @returns {Colours} */
export function coloursOf(palette) {
  const ground = rgb(palette.paper);
  const dark = ground[0] + ground[1] + ground[2] < 384;
  const pair = (/** @type {(k: number) => Rgb} */ of) => /** @type {[Rgb, Rgb]} */ ([of(0), of(1)]);
  const fill = (/** @type {number} */ k) => rgb(palette.classes[k].fill);
  const pale = (/** @type {number} */ k) => (dark ? mix(rgb(palette.classes[k].ink), [255, 255, 255], 0.18) : rgb(palette.classes[k].tint));
  return {
    paper: pair(pale),
    ink: pair((k) => (dark ? mix(fill(k), [0, 0, 0], 0.45) : fill(k))),
    marks: pair((k) => (dark ? mix(fill(k), [0, 0, 0], 0.6) : mix(fill(k), [0, 0, 0], 0.25))),
    ground,
    mark: rgb(palette.mark),
    dark,
    light: dark ? { ambient: 0.3, sky: 0.16, sun: 0.56 } : { ambient: 0.52, sky: 0.14, sun: 0.42 },
  };
}
