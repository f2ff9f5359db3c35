/** Small pictures as ink: grey ones, signed ones, several in a row; and the words of their pixels, which need no page. */
import { mix, pixel, rgb } from '../../draw/palette.js';

/** @typedef {import('./types.js').Palette} Palette */

const SHADES = 256;
/** @type {WeakMap<Palette, { grey: Uint32Array, signed: Uint32Array }>} */
const ramps = new WeakMap();
/** @type {OffscreenCanvas | undefined} */
let sheet;

/** @param {Palette} palette */
function rampsOf(palette) {
  let made = ramps.get(palette);
  if (!made) {
    const [paper, ink, mid, below, above] = [palette.sheet, palette.ink, palette.fieldMid, palette.classes[0].fill, palette.classes[1].fill].map(rgb);
    const grey = Uint32Array.from({ length: SHADES }, (_, i) => pixel(mix(paper, ink, i / (SHADES - 1))));
    const signed = Uint32Array.from({ length: 2 * SHADES - 1 }, (_, i) => pixel(mix(mid, i < SHADES - 1 ? below : above, Math.abs(i - SHADES + 1) / (SHADES - 1))));
    ramps.set(palette, (made = { grey, signed }));
  }
  return made;
}

/** 0 is paper, 1 is ink. @param {ArrayLike<number>} values @param {Palette} palette */
export function greyWords(values, palette) {
  const { grey } = rampsOf(palette);
  return Uint32Array.from({ length: values.length }, (_, i) => grey[Math.round((SHADES - 1) * Math.max(0, Math.min(1, values[i] || 0)))]);
}

/** Below zero blue, above orange, full at 1 / gain. @param {ArrayLike<number>} values @param {number} gain @param {Palette} palette */
export function signedWords(values, gain, palette) {
  const { signed } = rampsOf(palette);
  return Uint32Array.from({ length: values.length }, (_, i) => signed[SHADES - 1 + Math.round((SHADES - 1) * Math.max(-1, Math.min(1, gain * values[i] || 0)))]);
}

/** What was added to `from` to have `to`. @param {ArrayLike<number>} from @param {ArrayLike<number>} to */
export const difference = (from, to) => Float32Array.from({ length: from.length }, (_, i) => to[i] - from[i]);

/** How many times larger a push is shown than it is: as much as goes, a whole number. @param {number} linf */
export const gainFor = (linf) => (linf > 1e-4 ? Math.max(1, Math.round(Math.min(100, 1 / linf))) : 1);

/** Brings values into −1 … 1. @param {ArrayLike<number>} values */
export function gainOf(values) {
  let most = 0;
  for (let i = 0; i < values.length; i++) if (Math.abs(values[i]) > most) most = Math.abs(values[i]);
  return most > 1e-9 ? 1 / most : 1;
}

/**
 * Paints words as square pixels, without smoothing.
 *
 * @param {CanvasRenderingContext2D} g in CSS pixels
 * @param {Uint32Array} words row by row
 * @param {number} columns
 * @param {{ x: number, y: number, width: number, height: number }} box
 */
export function paint(g, words, columns, { x, y, width, height }) {
  const rows = Math.round(words.length / columns);
  if (rows === 0) return;
  sheet ??= new OffscreenCanvas(1, 1);
  sheet.width = columns;
  sheet.height = rows;
  const ctx = /** @type {OffscreenCanvasRenderingContext2D} */ (sheet.getContext('2d'));
  ctx.putImageData(new ImageData(new Uint8ClampedArray(Uint32Array.from(words).buffer), columns, rows), 0, 0);
  g.imageSmoothingEnabled = false;
  g.drawImage(sheet, x, y, width, height);
}

/** A hairline round a picture. @param {CanvasRenderingContext2D} g @param {{ x: number, y: number, width: number, height: number }} box @param {string} colour */
export function framed(g, { x, y, width, height }, colour) {
  g.strokeStyle = colour;
  g.lineWidth = 1;
  g.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
}

/** Fills a small canvas with one grey picture. @param {HTMLCanvasElement} canvas @param {ArrayLike<number>} values @param {Palette} palette @param {number} [columns] */
export function stamp(canvas, values, palette, columns = Math.round(Math.sqrt(values.length))) {
  if (values.length === 0) return;
  const rows = Math.round(values.length / columns);
  if (canvas.width !== columns) canvas.width = columns;
  if (canvas.height !== rows) canvas.height = rows;
  canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(greyWords(values, palette).buffer), columns, rows), 0, 0);
}

/**
 * Where `count` tiles of one size stand so that they fill a width: as few rows as go at no less than `least`.
 *
 * @param {number} count @param {number} width @param {number} least @param {number} gap
 */
export function tiles(count, width, least, gap) {
  const across = Math.max(1, Math.min(count, Math.floor((width + gap) / (least + gap))));
  const rows = Math.ceil(count / across);
  const columns = Math.ceil(count / Math.max(1, rows));
  const side = Math.floor((width - gap * (columns - 1)) / Math.max(1, columns));
  return { columns, rows, side };
}
