/** The figure as one picture to save: the chosen unit's, or every unit's of the layer beside each other. */
import { isWhole, lay, shownPicture } from './look.js';

/** @typedef {import('../ascent/types.js').Parts} Parts */

/** In pixels. */
const SIDE = 280;
const LARGE = 896;
const GAP = 28;

/** Rows and columns of a sheet as nearly square as may be. @param {number} count */
export function sheetOf(count) {
  const columns = Math.ceil(Math.sqrt(count));
  return { columns, rows: Math.ceil(count / columns) };
}

/**
 * @param {Parts} parts
 * @returns {Promise<Blob>}
 */
export function picture(parts) {
  const { store } = parts;
  const palette = parts.palette();
  const all = isWhole(parts) ? Array.from({ length: store.table('pictures').rows }, (_, unit) => store.row('pictures', unit)) : [shownPicture(parts)];
  const side = all.length > 1 ? SIDE : LARGE;
  const { columns, rows } = sheetOf(all.length);
  const canvas = Object.assign(document.createElement('canvas'), { width: GAP + columns * (side + GAP), height: GAP + rows * (side + GAP) });
  const g = canvas.getContext('2d');
  if (!g) return Promise.reject(new Error('there is no picture to save yet'));
  g.fillStyle = palette.paper;
  g.fillRect(0, 0, canvas.width, canvas.height);
  all.forEach((values, i) => {
    const box = { x: GAP + (i % columns) * (side + GAP), y: GAP + Math.floor(i / columns) * (side + GAP), width: side, height: side };
    lay(g, values, box, palette);
    g.strokeStyle = palette.edge;
    g.lineWidth = 1;
    g.strokeRect(box.x + 0.5, box.y + 0.5, side - 1, side - 1);
  });
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be made'))), 'image/png'));
}
