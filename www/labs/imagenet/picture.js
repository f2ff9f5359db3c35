/** The figure as one picture to save: photo and push, attacked and random beside each other, with what is read in each. */
import { SIDE } from './store.js';
import { largest, reads } from './words.js';

/** @typedef {import('./types.js').Parts} Parts */

const SCALE = 2;
const GAP = 28;
const WORDS = 76;

/**
 * @param {Parts} parts
 * @returns {Promise<Blob>}
 */
export function picture(parts) {
  const { store, w } = parts;
  const palette = parts.palette();
  const side = SIDE * SCALE;
  const whole = 2 * (side + WORDS + GAP); // as wide as it is high
  const left = (whole - 2 * side - GAP) / 2;
  const canvas = Object.assign(document.createElement('canvas'), { width: whole, height: whole });
  const g = canvas.getContext('2d');
  if (!g) return Promise.reject(new Error('there is no picture to save yet'));
  g.fillStyle = palette.paper;
  g.fillRect(0, 0, canvas.width, canvas.height);
  g.textBaseline = 'top';
  g.imageSmoothingQuality = 'high';
  const sheet = new OffscreenCanvas(SIDE, SIDE);
  const read = (/** @type {'before' | 'now' | 'underNoise'} */ name) => reads(parts, store.guesses(name)[0]);
  const panels = /** @type {const} */ ([
    ['original', w('original.title'), read('before')],
    ['push', w('push.title', { gain: store.gain }), largest(parts)],
    ['pushed', w('pushed.title'), read('now')],
    ['noisy', w(parts.ctx.values().norm === 'l2' ? 'noise.round' : 'noise.title'), read('underNoise')],
  ]);
  panels.forEach(([name, title, said], i) => {
    const [x, y] = [left + (i % 2) * (side + GAP), GAP + Math.floor(i / 2) * (side + WORDS + GAP / 2)];
    const pixels = store.pixels(name);
    if (pixels) {
      sheet.getContext('2d')?.putImageData(pixels, 0, 0);
      g.imageSmoothingEnabled = name !== 'push';
      g.drawImage(sheet, x, y, side, side);
    }
    g.font = `400 22px ${palette.sans}`;
    g.fillStyle = palette.ink2;
    g.fillText(title, x, y + side + 8, side);
    g.font = `600 28px ${palette.sans}`;
    g.fillStyle = palette.ink;
    g.fillText(said, x, y + side + 36, side);
  });
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be made'))), 'image/png'));
}
