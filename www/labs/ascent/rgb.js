/** Pictures in colour: out of a channel's numbers, onto a sheet, into a file. */
import { rgbaOf, stamp } from '../imagenet/rgb.js';

/** @typedef {{ x: number, y: number, width: number, height: number }} Box */

/** @type {OffscreenCanvas | undefined} */
let sheet;

/** @param {ArrayLike<number>} values @param {number} columns pixels a row */
export const imageOf = (values, columns) => new ImageData(rgbaOf(values), columns, values.length / 3 / columns);

/**
 * @param {CanvasRenderingContext2D} g in CSS pixels
 * @param {ArrayLike<number>} values
 * @param {number} columns pixels a row
 * @param {Box} box
 */
export function paintRgb(g, values, columns, { x, y, width, height }) {
  if (values.length === 0) return;
  const image = imageOf(values, columns);
  sheet ??= new OffscreenCanvas(1, 1);
  sheet.width = image.width;
  sheet.height = image.height;
  /** @type {OffscreenCanvasRenderingContext2D} */ (sheet.getContext('2d')).putImageData(image, 0, 0);
  g.imageSmoothingEnabled = true;
  g.imageSmoothingQuality = width < columns ? 'high' : 'low'; // enlarging as well as can be takes a frame twice as long
  g.drawImage(sheet, x, y, width, height);
}

/** Fills a small canvas with one picture, pixel for pixel. @param {HTMLCanvasElement} canvas @param {ArrayLike<number>} values @param {number} columns */
export function stampRgb(canvas, values, columns) {
  if (values.length > 0) stamp(canvas, imageOf(values, columns));
}

/** The picture itself, at its own size, as a PNG. @param {ArrayLike<number>} values @param {number} columns @returns {Promise<Blob>} */
export function pngOf(values, columns) {
  const canvas = document.createElement('canvas');
  stampRgb(canvas, values, columns);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be made'))), 'image/png');
  });
}

/** Hands a file to the reader. @param {Blob} file @param {string} name */
export function save(file, name) {
  const address = URL.createObjectURL(file);
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
