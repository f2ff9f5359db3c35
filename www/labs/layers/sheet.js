/** The sheet as cells between carried vertices: how much each was stretched, which side it shows, and what lies under a place. */

/** @typedef {{ side: number, every: number }} Mesh `side` vertices a side, of which every so-manyth is used */

/** Vertices a side that are used. @param {Mesh} mesh */
export const cellsOf = ({ side, every }) => Math.floor((side - 1) / every);

/**
 * The four corners of every cell, as numbers of vertices in the order top left, top right, bottom right, bottom left.
 * @param {Mesh} mesh
 */
export function quads(mesh) {
  const { side, every } = mesh;
  const cells = cellsOf(mesh);
  const out = new Uint32Array(4 * cells * cells);
  let at = 0;
  for (let r = 0; r < cells; r++) {
    for (let c = 0; c < cells; c++) {
      const corner = r * every * side + c * every;
      for (const vertex of [corner, corner + every, corner + every * (side + 1), corner + every * side]) out[at++] = vertex;
    }
  }
  return out;
}

/**
 * How much larger a cell has become: `|det J|` over it, `√det JᵀJ` where it stands in space.
 * @param {Float32Array} places vertices × 3
 * @param {ArrayLike<number>} quad four vertices
 * @param {number} at where in it
 * @param {number} cell area of the cell in the plane
 */
export function growth(places, quad, at, cell) {
  const [a, b, c, d] = [3 * quad[at], 3 * quad[at + 1], 3 * quad[at + 2], 3 * quad[at + 3]];
  // Half the cross product of the diagonals.
  const [ux, uy, uz] = [places[c] - places[a], places[c + 1] - places[a + 1], places[c + 2] - places[a + 2]];
  const [vx, vy, vz] = [places[d] - places[b], places[d + 1] - places[b + 1], places[d + 2] - places[b + 2]];
  return Math.hypot(uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx) / 2 / cell;
}

/**
 * Signed area of a cell on the screen, y down: positive shows the side that the plane shows at the start.
 * @param {Float32Array} pixels vertices × 3: x, y, depth
 * @param {ArrayLike<number>} quad
 * @param {number} at
 */
export function facing(pixels, quad, at) {
  const [a, b, c, d] = [3 * quad[at], 3 * quad[at + 1], 3 * quad[at + 2], 3 * quad[at + 3]];
  return ((pixels[c] - pixels[a]) * (pixels[d + 1] - pixels[b + 1]) - (pixels[c + 1] - pixels[a + 1]) * (pixels[d] - pixels[b])) / 2;
}

/** How dark a cell is printed, 0 … 1: the same ink on less paper; half where nothing has changed. @param {number} factor */
export const darkness = (factor) => Math.max(0, Math.min(1, 0.5 - Math.log2(Math.max(factor, 1e-9)) / 12));

/**
 * The place of the plane whose image lies under a pixel: the nearest to the eye where several do.
 * @param {Float32Array} pixels vertices × 3: x, y, depth
 * @param {Mesh} mesh
 * @param {number} px
 * @param {number} py
 * @returns {[number, number] | undefined}
 */
export function under(pixels, mesh, px, py) {
  const all = quads(mesh);
  let nearest = -Infinity;
  /** @type {[number, number] | undefined} */
  let found;
  for (let at = 0; at < all.length; at += 4) {
    for (const [i, j, k] of [[all[at], all[at + 1], all[at + 2]], [all[at], all[at + 2], all[at + 3]]]) {
      const weights = barycentric(pixels, i, j, k, px, py);
      if (!weights) continue;
      const [u, v, w] = weights;
      const depth = u * pixels[3 * i + 2] + v * pixels[3 * j + 2] + w * pixels[3 * k + 2];
      if (depth < nearest) continue;
      nearest = depth;
      const [a, b, c] = [i, j, k].map((vertex) => vertexAt(vertex, mesh.side));
      found = [u * a[0] + v * b[0] + w * c[0], u * a[1] + v * b[1] + w * c[1]];
    }
  }
  return found;
}

/** @param {Float32Array} p @param {number} i @param {number} j @param {number} k @param {number} x @param {number} y */
function barycentric(p, i, j, k, x, y) {
  const [ax, ay] = [p[3 * i], p[3 * i + 1]];
  const [bx, by] = [p[3 * j] - ax, p[3 * j + 1] - ay];
  const [cx, cy] = [p[3 * k] - ax, p[3 * k + 1] - ay];
  const whole = bx * cy - by * cx;
  if (whole === 0) return undefined;
  const v = ((x - ax) * cy - (y - ay) * cx) / whole;
  const w = (bx * (y - ay) - by * (x - ax)) / whole;
  return v >= 0 && w >= 0 && v + w <= 1 ? [1 - v - w, v, w] : undefined;
}

/** Where a vertex stands in the plane, row-major from the top left. @param {number} i @param {number} side @returns {[number, number]} */
export function vertexAt(i, side) {
  return [(2 * (i % side)) / (side - 1) - 1, 1 - (2 * Math.floor(i / side)) / (side - 1)];
}
