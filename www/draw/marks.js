/** The five class marks, where shape doubles colour: circle, diamond, triangle, square, cross; filled = trained on, hollow = held out. */

/** @typedef {import('./palette.js').Palette} Palette */
/** @typedef {import('./plane.js').Plane} Plane */

/** Corners at radius 1, y down; a circle has none. Sizes are chosen so that all five weigh the same to the eye. */
const ARM = 0.42;
const TIP = 1.12;
/** @type {ReadonlyArray<ReadonlyArray<readonly [number, number]>>} */
export const CORNERS = [
  [],
  [[0, -1.24], [1.24, 0], [0, 1.24], [-1.24, 0]],
  [[0, -1.25], [1.22, 0.95], [-1.22, 0.95]],
  [[-0.92, -0.92], [0.92, -0.92], [0.92, 0.92], [-0.92, 0.92]],
  [
    [-ARM, -TIP], [ARM, -TIP], [ARM, -ARM], [TIP, -ARM], [TIP, ARM], [ARM, ARM],
    [ARM, TIP], [-ARM, TIP], [-ARM, ARM], [-TIP, ARM], [-TIP, -ARM], [-ARM, -ARM],
  ],
];

/** @param {number} cls */
const shapeOf = (cls) => CORNERS[Math.min(CORNERS.length - 1, Math.max(0, cls | 0))] ?? [];

/**
 * Adds one mark's outline to the current path.
 * @param {CanvasPath} path
 * @param {number} cls 0-based
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
export function outline(path, cls, x, y, r) {
  const corners = shapeOf(cls);
  if (corners.length === 0) {
    path.moveTo(x + r, y);
    path.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  corners.forEach(([dx, dy], i) => (i ? path.lineTo(x + dx * r, y + dy * r) : path.moveTo(x + dx * r, y + dy * r)));
  path.closePath();
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x
 * @param {number} y
 * @param {number} r
 * @param {number} cls
 * @param {boolean} hollow
 * @param {Palette} palette
 */
export function mark(ctx, x, y, r, cls, hollow, palette) {
  const colour = palette.classes[cls]?.fill ?? palette.mark;
  ctx.beginPath();
  outline(ctx, cls, x, y, r);
  ctx.lineJoin = 'round';
  ctx.strokeStyle = palette.markEdge;
  ctx.lineWidth = hollow ? 3.4 : 2.2;
  ctx.stroke();
  ctx.fillStyle = hollow ? palette.sheet : colour;
  ctx.fill();
  if (!hollow) return;
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.6;
  ctx.stroke();
}

/**
 * Every point as its mark; held-out ones last, so that arrows start from a visible ring.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Float32Array} points rows x, y, class, held-out
 * @param {Plane} plane
 * @param {number} r
 * @param {Palette} palette
 * @param {number} [except] a row to leave out
 */
export function marks(ctx, points, plane, r, palette, except = -1) {
  for (const held of [0, 1]) {
    for (let i = 0; i < points.length; i += 4) {
      if (Number(points[i + 3] > 0.5) !== held || i === 4 * except) continue;
      mark(ctx, plane.x(points[i]), plane.y(points[i + 1]), r, points[i + 2], held === 1, palette);
    }
  }
}

/**
 * The radius of a mark on a stage of this width with this many points: small stages and crowds get small marks.
 * @param {number} width
 * @param {number} count
 */
export function markRadius(width, count) {
  const base = width < 420 ? 3.4 : 4.6;
  return count > 600 ? Math.max(1.8, base * Math.sqrt(600 / count)) : base;
}

/**
 * The same outline as SVG path data, for the key.
 * @param {number} cls
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
export function svgPath(cls, x, y, r) {
  const corners = shapeOf(cls);
  if (corners.length === 0) return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
  return corners.map(([dx, dy], i) => `${i ? 'L' : 'M'}${round(x + dx * r)} ${round(y + dy * r)}`).join('') + 'z';
}

/** @param {number} v */
const round = (v) => Math.round(v * 100) / 100;
