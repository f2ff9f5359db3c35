/**
 * A photo of the reader's own, unpacked by the browser and made ready for the engine: its middle square, as it is up to 2,047 pixels a side; a
 * larger one as means of n × n pixels, in whole numbers, so that a telephone's photo is not two hundred megabytes. No scaler of the
 * browser has a part in it. It never leaves the page.
 */
import { sizeOf } from './header.js';

/** What the engine calls it. */
export const ASSET = 'photo';
const MOST_PIXELS = 100e6;
const MOST_BYTES = 64e6;
/** Enough of a file for its header, also behind what a camera writes before it. */
const HEAD = 256 << 10;
/** From this side on it is averaged, down to between 1,024 and 1,535. */
const LARGE = 2048;
/** Pixels read at a time: a moment's work. */
const STRIP = 1 << 20;

/** Why a file is no photo for us; its code has a sentence. */
export class PhotoError extends Error {
  /** @param {'pixels' | 'bytes' | 'unread'} code @param {number} [size] */
  constructor(code, size) {
    super(code);
    this.code = code;
    this.size = size;
  }
}

/** How a picture is cut and averaged: `n` × `n` pixels become one, `side` is what is left. @param {number} width @param {number} height */
export function plan(width, height) {
  const whole = Math.min(width, height);
  const n = whole < LARGE ? 1 : Math.floor(whole / (LARGE / 2));
  const side = Math.floor(whole / n);
  return { n, side, left: (width - side * n) >> 1, top: (height - side * n) >> 1 };
}

/**
 * Means of n × n pixels, laid on white, rounded: whole numbers throughout.
 *
 * @param {Uint8ClampedArray} rgba `side`·n pixels wide
 * @param {number} side
 * @param {number} n
 * @param {Uint8Array} out where its rows go
 */
export function averaged(rgba, side, n, out) {
  const rows = rgba.length / (4 * side * n * n);
  const sums = new Uint32Array(3 * side);
  const half = (n * n) >> 1;
  for (let row = 0; row < rows; row++) {
    sums.fill(0);
    for (let y = 0; y < n; y++) {
      let at = 4 * side * n * (row * n + y);
      for (let x = 0; x < side; x++) {
        for (let k = 0; k < n; k++, at += 4) {
          const a = rgba[at + 3];
          const white = 127 + 255 * (255 - a);
          for (let c = 0; c < 3; c++) sums[3 * x + c] += ((rgba[at + c] * a + white) / 255) | 0;
        }
      }
    }
    for (let x = 0, to = 4 * side * row; x < side; x++, to += 4) {
      for (let c = 0; c < 3; c++) out[to + c] = ((sums[3 * x + c] + half) / (n * n)) | 0;
      out[to + 3] = 255;
    }
  }
}

/**
 * @param {Blob} file
 * @returns {Promise<Uint8Array>} width, height (32 bits each, the lowest byte first), then red, green, blue and opacity, row by row
 * @throws {PhotoError}
 */
export async function photoOf(file) {
  if (file.size > MOST_BYTES) throw new PhotoError('bytes', file.size);
  const said = sizeOf(new Uint8Array(await file.slice(0, HEAD).arrayBuffer()));
  if (said && said.width * said.height > MOST_PIXELS) throw new PhotoError('pixels', said.width * said.height);
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => {
    throw new PhotoError('unread');
  });
  try {
    const { width, height } = picture;
    if (width * height > MOST_PIXELS) throw new PhotoError('pixels', width * height);
    return await squareOf(picture, plan(width, height));
  } finally {
    picture.close();
  }
}

/** Strip by strip, with a breath between: no moment of it is long. @param {ImageBitmap} picture @param {ReturnType<typeof plan>} how */
async function squareOf(picture, { n, side, left, top }) {
  const bytes = new Uint8Array(8 + 4 * side * side);
  const head = new DataView(bytes.buffer);
  head.setUint32(0, side, true);
  head.setUint32(4, side, true);
  const rows = Math.max(1, Math.min(side, Math.floor(STRIP / (side * n * n))));
  const canvas = Object.assign(document.createElement('canvas'), { width: side * n, height: rows * n });
  const g = canvas.getContext('2d', { willReadFrequently: true });
  if (!g) throw new PhotoError('unread');
  for (let row = 0; row < side; row += rows) {
    const some = Math.min(rows, side - row);
    g.clearRect(0, 0, canvas.width, canvas.height);
    g.drawImage(picture, -left, -top - row * n);
    const { data } = g.getImageData(0, 0, side * n, some * n);
    const out = bytes.subarray(8 + 4 * side * row, 8 + 4 * side * (row + some));
    if (n === 1) out.set(data);
    else averaged(data, side, n, out);
    await new Promise((then) => setTimeout(then));
  }
  return bytes;
}

/** Lets the reader choose a photo, or take one where the machine has a camera. @param {boolean} camera @param {(file: File) => void} use */
export function choosePhoto(camera, use) {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = 'image/*';
  if (camera) input.setAttribute('capture', 'environment');
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file) use(file);
  });
  input.click();
}
