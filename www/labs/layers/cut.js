/** The last layer's flat cut: which part of the last hidden space belongs to which class. */

/** @typedef {number[][]} Polygon corners */
/** @typedef {{ normal: number[], offset: number }} Half where `normal · x + offset ≥ 0` */

/**
 * The output's weights, a row a class, its bias last.
 * @param {number[]} shape
 * @param {Float32Array} weights
 */
export function outputs(shape, weights) {
  const [width, classes] = shape.slice(-2);
  const from = weights.length - classes * (width + 1);
  return Array.from({ length: classes }, (_, k) => [
    ...Array.from({ length: width }, (_, j) => weights[from + j * classes + k]),
    weights[weights.length - classes + k],
  ]);
}

/** Where class `a` is likelier than class `b`. @param {number[]} a @param {number[]} b @returns {Half} */
export function between(a, b) {
  const normal = a.slice(0, -1).map((w, j) => w - b[j]);
  return { normal, offset: (a.at(-1) ?? 0) - (b.at(-1) ?? 0) };
}

/**
 * The part of a polygon that lies in a half space (Sutherland & Hodgman 1974).
 * @param {Polygon} polygon
 * @param {Half} half
 * @returns {Polygon}
 */
export function clip(polygon, { normal, offset }) {
  const side = (/** @type {number[]} */ p) => normal.reduce((sum, n, j) => sum + n * p[j], offset);
  /** @type {Polygon} */
  const kept = [];
  polygon.forEach((p, i) => {
    const q = polygon[(i + 1) % polygon.length];
    const [a, b] = [side(p), side(q)];
    if (a >= 0) kept.push(p);
    if (a >= 0 !== b >= 0) kept.push(p.map((v, j) => v + ((q[j] - v) * a) / (a - b)));
  });
  return kept;
}

/**
 * Every class's region of a square of the plane.
 * @param {number[][]} rows see `outputs`
 * @param {number} reach half the square's side
 * @returns {Polygon[]}
 */
export function regions(rows, reach) {
  const square = [[-reach, -reach], [reach, -reach], [reach, reach], [-reach, reach]];
  return rows.map((own, k) => rows.reduce((polygon, other, j) => (j === k ? polygon : clip(polygon, between(own, other))), square));
}

/**
 * Where a plane crosses the cube of half side `reach`, its corners in order.
 * @param {Half} half
 * @param {number} reach
 * @returns {Polygon}
 */
export function slice({ normal, offset }, reach) {
  const length = Math.hypot(...normal);
  if (length === 0) return [];
  const n = normal.map((v) => v / length);
  // A square in the plane that is larger than the cube, cut down to it by the cube's six sides.
  const most = n.reduce((best, v, j) => (Math.abs(v) < Math.abs(n[best]) ? j : best), 0);
  const axis = [0, 1, 2].map((j) => Number(j === most));
  const u = unit(cross(n, axis));
  const v = cross(n, u);
  const centre = n.map((c) => (-c * offset) / length);
  const far = 4 * reach + Math.abs(offset) / length;
  const corner = (/** @type {number} */ a, /** @type {number} */ b) => centre.map((c, j) => c + far * (a * u[j] + b * v[j]));
  let polygon = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
  for (const j of [0, 1, 2]) {
    for (const sign of [1, -1]) polygon = clip(polygon, { normal: [0, 1, 2].map((i) => (i === j ? sign : 0)), offset: reach });
  }
  return polygon;
}

/** @param {number[]} a @param {number[]} b */
const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];

/** @param {number[]} a */
const unit = (a) => a.map((v) => v / Math.hypot(...a));
