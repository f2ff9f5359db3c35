/** Bytes of a picture, as numbers three a pixel, made into what a canvas takes; and the push between two, made large enough to be seen. */

const GREY = 127;

/** @param {ArrayLike<number>} rgb @returns {Uint8ClampedArray<ArrayBuffer>} */
export function rgbaOf(rgb) {
  const out = new Uint8ClampedArray((rgb.length / 3) * 4);
  for (let i = 0, j = 0; i < rgb.length; i += 3, j += 4) {
    out[j] = rgb[i];
    out[j + 1] = rgb[i + 1];
    out[j + 2] = rgb[i + 2];
    out[j + 3] = 255;
  }
  return out;
}

/** How many times larger a push can be shown without leaving the bytes: a whole number. @param {ArrayLike<number>} from @param {ArrayLike<number>} to */
export function gainOf(from, to) {
  let most = 0;
  for (let i = 0; i < from.length; i++) {
    const by = Math.abs(to[i] - from[i]);
    if (by > most) most = by;
  }
  return most > 0 ? Math.max(1, Math.floor(GREY / most)) : 1;
}

/** No change is middle grey; each channel by itself. @param {ArrayLike<number>} from @param {ArrayLike<number>} to @param {number} gain @returns {Uint8ClampedArray<ArrayBuffer>} */
export function rgbaOfPush(from, to, gain) {
  const out = new Uint8ClampedArray((from.length / 3) * 4);
  for (let i = 0, j = 0; i < from.length; i += 3, j += 4) {
    out[j] = GREY + gain * (to[i] - from[i]);
    out[j + 1] = GREY + gain * (to[i + 1] - from[i + 1]);
    out[j + 2] = GREY + gain * (to[i + 2] - from[i + 2]);
    out[j + 3] = 255;
  }
  return out;
}

/**
 * Fills a canvas with a picture: its backing store is the picture, its size on the page is the style sheet's business.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {ImageData} pixels
 */
export function stamp(canvas, pixels) {
  if (canvas.width !== pixels.width) canvas.width = pixels.width;
  if (canvas.height !== pixels.height) canvas.height = pixels.height;
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
}
