/** A photo of the visitor's own, printed on the paper. It is read here, drawn here, and goes nowhere. */

/** Larger than any camera's file. */
export const MOST_BYTES = 40 << 20;
/** Pixels a side that the print has: more could not be seen. */
const SIDE = 1024;
const SMALL = 32;

/** What was wrong with a file: the key of a sentence. */
export class PhotoError extends Error {
  /** @param {'size' | 'kind' | 'read'} why */
  constructor(why) {
    super(why);
    this.why = why;
  }
}

/**
 * @param {Blob} file
 * @returns {Promise<{ bitmap: ImageBitmap, small: Uint8ClampedArray }>} a square print, its row 0 at v = 0, and one of 32 × 32 the right way up
 */
export async function readPhoto(file) {
  if (file.size > MOST_BYTES) throw new PhotoError('size');
  if (file.type && !file.type.startsWith('image/')) throw new PhotoError('kind');
  const picture = await createImageBitmap(file).catch(() => {
    throw new PhotoError('read');
  });
  try {
    const { x, y, side } = middle(picture.width, picture.height);
    const print = (/** @type {number} */ size, /** @type {boolean} */ over) => {
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = size;
      const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));
      if (over) ctx.setTransform(1, 0, 0, -1, 0, size);
      ctx.fillStyle = '#fff'; // what is transparent stays paper
      ctx.fillRect(0, 0, size, size);
      ctx.drawImage(picture, x, y, side, side, 0, 0, size, size);
      return { canvas, ctx };
    };
    const bitmap = await createImageBitmap(print(SIDE, true).canvas);
    const small = print(SMALL, false).ctx.getImageData(0, 0, SMALL, SMALL).data;
    return { bitmap, small };
  } finally {
    picture.close();
  }
}

/** The largest square in the middle. @param {number} width @param {number} height */
export function middle(width, height) {
  const side = Math.min(width, height);
  return { x: (width - side) / 2, y: (height - side) / 2, side };
}

/** @returns {Promise<File | undefined>} what the visitor chose */
export function choosePhoto() {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = 'image/*';
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0]));
    input.addEventListener('cancel', () => resolve(undefined));
    input.click();
  });
}
