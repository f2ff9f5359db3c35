/** A coarse grid drawn large: Catmull–Rom between its cells, so that one neuron's small picture can fill the stage. */

/**
 * A copy of a coarse grid with `factor` times as many cells a side, cubic between them, for showing one neuron's small picture large.
 * @param {Float32Array} grid
 * @param {number} side
 * @param {number} factor
 */
export function enlarge(grid, side, factor) {
  const n = side * factor;
  const across = new Float32Array(side * n);
  for (let j = 0; j < side; j++) cubic(grid, j * side, 1, side, across, j * n, 1, n);
  const out = new Float32Array(n * n);
  for (let i = 0; i < n; i++) cubic(across, i, n, side, out, i, n, n);
  return out;
}

/**
 * Catmull–Rom from `side` numbers to `n`, straight on at both ends.
 * @param {Float32Array} from
 * @param {number} start
 * @param {number} stride
 * @param {number} side
 * @param {Float32Array} to
 * @param {number} toStart
 * @param {number} toStride
 * @param {number} n
 */
function cubic(from, start, stride, side, to, toStart, toStride, n) {
  const at = (/** @type {number} */ i) => {
    if (i < 0) return 2 * from[start] - from[start + stride * Math.min(side - 1, -i)];
    if (i >= side) return 2 * from[start + stride * (side - 1)] - from[start + stride * Math.max(0, 2 * side - 2 - i)];
    return from[start + stride * i];
  };
  for (let x = 0; x < n; x++) {
    const u = ((x + 0.5) / n) * side - 0.5;
    const i = Math.floor(u);
    const t = u - i;
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    to[toStart + x * toStride] = b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  }
}
