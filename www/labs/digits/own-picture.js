/** A picture file of the reader's own, brought down to at most 56 × 56 greys: `picture.grey`. It never leaves the page. */

export const ASSET = 'picture.grey';
const MOST_SIDE = 56;
const MOST_BYTES = 20e6;

/**
 * Paper and ink out of colours: light is paper where the rim is light, and the other way round.
 *
 * @param {Uint8ClampedArray} rgba
 * @param {number} width
 * @param {number} height
 * @returns {Uint8Array} width, height, then 0 (paper) … 255 (ink), row by row
 */
export function greyOf(rgba, width, height) {
  const light = Float32Array.from({ length: width * height }, (_, i) => {
    const alpha = rgba[4 * i + 3] / 255;
    return (0.2126 * rgba[4 * i] + 0.7152 * rgba[4 * i + 1] + 0.0722 * rgba[4 * i + 2]) * alpha + 255 * (1 - alpha);
  });
  const rim = light.filter((_, i) => i < width || i >= width * (height - 1) || i % width === 0 || i % width === width - 1).sort();
  const paper = rim[rim.length >> 1];
  // What differs most from the rim is all ink: a pale pencil on grey paper reads as well as a pen.
  const most = light.reduce((far, v) => Math.max(far, Math.abs(v - paper)), 1);
  const scale = 255 / Math.max(64, most);
  const grey = Uint8Array.from(light, (v) => {
    const ink = (paper > 127 ? paper - v : v - paper) * scale;
    return Math.max(0, Math.min(255, Math.round(ink)));
  });
  return Uint8Array.from([width, height, ...grey]);
}

/** Sides of the picture as it is sent. @param {number} width @param {number} height */
export function reduced(width, height) {
  const by = Math.min(1, MOST_SIDE / Math.max(width, height));
  return [Math.max(1, Math.round(width * by)), Math.max(1, Math.round(height * by))];
}

/** @param {Blob} file @returns {Promise<Uint8Array>} */
export async function greyFile(file) {
  if (file.size > MOST_BYTES) throw new RangeError('the picture is too large');
  const picture = await createImageBitmap(file);
  const [width, height] = reduced(picture.width, picture.height);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const g = canvas.getContext('2d', { willReadFrequently: true });
  if (!g) throw new Error('no canvas');
  g.imageSmoothingQuality = 'high';
  g.drawImage(picture, 0, 0, width, height);
  picture.close();
  return greyOf(g.getImageData(0, 0, width, height).data, width, height);
}

/** Lets the reader choose a picture. @param {(file: File) => void} use */
export function choosePicture(use) {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = 'image/*';
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file) use(file);
  });
  input.click();
}
