/** The crosshair and the brush round it, on a canvas over the picture, so that moving them repaints nothing else. */
import { outline } from '../../draw/marks.js';

/** @typedef {import('../../draw/palette.js').Palette} Palette */

/**
 * @param {CanvasRenderingContext2D} g in CSS pixels
 * @param {import('./brush.js').Brush} view
 * @param {{ x: (v: number) => number, y: (v: number) => number, unit: number }} plane
 * @param {Palette} palette
 */
export function drawCrosshair(g, view, plane, palette) {
  if (!view.at) return;
  const [x, y] = [plane.x(view.at[0]), plane.y(view.at[1])];
  const cross = () => {
    g.beginPath();
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      g.moveTo(x + dx * 4, y + dy * 4);
      g.lineTo(x + dx * 13, y + dy * 13);
    }
    g.stroke();
  };
  g.lineCap = 'round';
  g.strokeStyle = palette.fieldMid;
  g.lineWidth = 4;
  cross();
  g.strokeStyle = palette.mark;
  g.lineWidth = 1.6;
  cross();
  if (view.tool === 'look') return;
  const ring = (/** @type {string} */ colour, /** @type {number} */ width) => {
    g.beginPath();
    g.arc(x, y, view.brush * plane.unit, 0, 2 * Math.PI);
    g.strokeStyle = colour;
    g.lineWidth = width;
    g.stroke();
  };
  ring(palette.fieldMid, 4);
  if (view.tool !== 'paint') g.setLineDash([5, 4]);
  ring(view.tool === 'paint' ? palette.classes[view.cls].fill : palette.mark, 2);
  g.setLineDash([]);
  if (view.tool !== 'paint') return;
  g.beginPath();
  outline(g, view.cls, x, y, 3.4);
  g.fillStyle = palette.classes[view.cls].fill;
  g.fill();
}
