/** One place singled out: a ring in two colours, so that it stands out on any ground, with a word beside it. */
import { haloed } from './chart.js';

/** @typedef {import('./palette.js').Palette} Palette */

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x pixels
 * @param {number} y
 * @param {string} text
 * @param {{ colour: string, halo: string, sans: string, width: number }} style `width` of the canvas: the word keeps inside
 */
export function ringed(ctx, x, y, text, { colour, halo, sans, width }) {
  for (const [stroke, line] of /** @type {const} */ ([[halo, 6.5], [colour, 2.8]])) {
    ctx.beginPath();
    ctx.arc(x, y, 10, 0, 2 * Math.PI);
    ctx.strokeStyle = stroke;
    ctx.lineWidth = line;
    ctx.stroke();
  }
  ctx.beginPath();
  ctx.arc(x, y, 2.2, 0, 2 * Math.PI);
  ctx.fillStyle = colour;
  ctx.fill();
  if (!text) return;
  ctx.font = `600 14px ${sans}`;
  ctx.textBaseline = 'middle';
  const before = x > width / 2;
  ctx.textAlign = before ? 'right' : 'left';
  haloed(ctx, text, x + (before ? -17 : 17), y, colour, halo);
}
