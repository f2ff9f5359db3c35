/** Where a field crosses a level: polylines in plane coordinates, by d3-contour's marching squares. */
import { contours } from 'd3-contour';
import { BAND_EDGES } from './ramp.js';

/** @typedef {import('./field.js').Field} Field */
/** @typedef {import('./plane.js').Plane} Plane */
/** @typedef {number[]} Line flat x, y, x, y… */

const march = contours();

/**
 * The grid with one more cell on every side, continued in a straight line, so that lines leave the plot instead of bending along its frame.
 * @param {ArrayLike<number>} values
 * @param {number} start
 * @param {number} side
 */
function padded(values, start, side) {
  const n = side + 2;
  const out = new Array(n * n);
  const at = (/** @type {number} */ i, /** @type {number} */ j) => values[start + j * side + i];
  for (let j = 0; j < side; j++) {
    const row = (j + 1) * n;
    for (let i = 0; i < side; i++) out[row + i + 1] = at(i, j);
    out[row] = side > 1 ? 2 * at(0, j) - at(1, j) : at(0, j);
    out[row + n - 1] = side > 1 ? 2 * at(side - 1, j) - at(side - 2, j) : at(0, j);
  }
  for (let i = 0; i < n; i++) {
    out[i] = side > 1 ? 2 * out[n + i] - out[2 * n + i] : out[n + i];
    out[(n - 1) * n + i] = side > 1 ? 2 * out[(n - 2) * n + i] - out[(n - 3) * n + i] : out[n + i];
  }
  return out;
}

/**
 * @param {number[]} grid padded, n × n
 * @param {number} side before padding
 * @param {number} level
 * @returns {Line[]}
 */
function trace(grid, side, level) {
  const n = side + 2;
  const onFrame = (/** @type {number[]} */ [x, y]) => x <= 0 || y <= 0 || x >= n || y >= n;
  /** @type {Line[]} */
  const lines = [];
  for (const polygon of march.size([n, n]).contour(grid, level).coordinates) {
    for (const ring of polygon) {
      /** @type {Line} */
      let line = [];
      const cut = ring.findIndex(onFrame);
      for (let k = 0; k < ring.length; k++) {
        // A ring that touches the frame starts there, so no line is broken at the ring's arbitrary first point.
        const point = cut < 0 ? ring[k] : ring[(cut + k) % (ring.length - 1)];
        if (onFrame(point)) {
          if (line.length > 2) lines.push(line);
          line = [];
        } else line.push((2 * (point[0] - 1)) / side - 1, 1 - (2 * (point[1] - 1)) / side);
      }
      if (line.length > 2) lines.push(line);
    }
  }
  return lines;
}

/**
 * @param {ArrayLike<number>} values side × side, row 0 at the top
 * @param {number} side
 * @param {number} level
 */
export function isolines(values, side, level) {
  return trace(padded(values, 0, side), side, level);
}

/**
 * By how much class k beats the likeliest other, per cell.
 * @param {Field} field
 * @param {number} k
 */
export function lead({ values, layers, side }, k) {
  const size = side * side;
  const out = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    let other = -Infinity;
    for (let c = 0; c < layers; c++) if (c !== k && values[c * size + i] > other) other = values[c * size + i];
    out[i] = values[k * size + i] - other;
  }
  return out;
}

/**
 * The decision boundary. Between several classes every stretch of it touches a class other than the last, so the last is not traced.
 * @param {Field} field
 * @returns {Line[]}
 */
export function boundary(field) {
  if (field.layers === 1) return isolines(field.values, field.side, 0);
  return Array.from({ length: field.layers - 1 }, (_, k) => isolines(lead(field, k), field.side, 0)).flat();
}

/**
 * The thin lines between bands, by class.
 * @param {Field} field
 * @param {number[]} [edges]
 * @returns {{ cls: number, lines: Line[] }[]}
 */
export function levels(field, edges = BAND_EDGES) {
  const signed = field.layers === 1;
  return Array.from({ length: signed ? 2 : field.layers }, (_, cls) => {
    const grid = padded(signed ? field.values : lead(field, cls), 0, field.side);
    const sign = signed && cls === 0 ? -1 : 1;
    return { cls, lines: edges.flatMap((edge) => trace(grid, field.side, sign * edge)) };
  });
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Line[]} lines
 * @param {Plane} plane
 * @param {{ colour: string, width: number, alpha?: number }} style
 */
export function strokeLines(ctx, lines, { unit, width, height }, style) {
  const down = height / width;
  ctx.beginPath();
  for (const line of lines) {
    for (let i = 0; i < line.length; i += 2) {
      const x = (line[i] + 1) * unit;
      const y = (1 - line[i + 1]) * unit * down;
      if (i) ctx.lineTo(x, y);
      else ctx.moveTo(x, y);
    }
  }
  ctx.globalAlpha = style.alpha ?? 1;
  ctx.strokeStyle = style.colour;
  ctx.lineWidth = style.width;
  ctx.lineJoin = 'round';
  ctx.lineCap = 'round';
  ctx.stroke();
  ctx.globalAlpha = 1;
}
