/** Whose pictures they are, and how they are put on paper: ink for the digits' network, colours for the large one. */
import { greyWords, paint, stamp } from '../digits/pixels.js';
import { PIXELS, SIDE } from '../digits/store.js';
import { layerOf } from '../ascent/layers.js';
import { paintRgb, stampRgb } from '../ascent/rgb.js';

/** @typedef {import('../ascent/types.js').Parts} Parts */

/** @param {Parts} parts */
export const isDigits = ({ ctx }) => layerOf(String(ctx.values().layer)).network === 'digits';

/** Whether every unit of the layer has a picture of its own, all made at once. @param {Parts} parts */
export const isWhole = ({ store }) => store.table('pictures').rows > 1;

/** @param {Parts} parts */
export const unitOf = ({ ctx }) => Number(ctx.values().unit);

/** The picture the numbers are about. @param {Parts} parts */
export function shownPicture(parts) {
  return parts.store.row('pictures', isWhole(parts) ? unitOf(parts) : 0);
}

/** Pixels a row. @param {ArrayLike<number>} values */
export const columnsOf = (values) => (values.length === PIXELS ? SIDE : Math.round(Math.sqrt(values.length / 3)));

/** Onto a sheet. @param {CanvasRenderingContext2D} g @param {ArrayLike<number>} values @param {import('../ascent/rgb.js').Box} box @param {import('../ascent/types.js').Palette} palette */
export function lay(g, values, box, palette) {
  if (values.length === PIXELS) paint(g, greyWords(values, palette), SIDE, box);
  else paintRgb(g, values, columnsOf(values), box);
}

/** Onto a small canvas, pixel for pixel. @param {HTMLCanvasElement} canvas @param {ArrayLike<number>} values @param {import('../ascent/types.js').Palette} palette */
export function tile(canvas, values, palette) {
  if (values.length === PIXELS) stamp(canvas, values, palette, SIDE);
  else stampRgb(canvas, values, columnsOf(values));
}
