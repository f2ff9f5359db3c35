/** The geometry of a bent sheet: its normals, and how sharply it is creased where. Pure arithmetic on vertices in rows. */

/** @typedef {import('./types.js').Sheet} Sheet */

/**
 * Normals and creases of two square sheets of `side × side` vertices each.
 *
 * @param {Float32Array} at
 * @param {number} side
 * @param {Sheet} [into] whose memory is used again where it fits
 * @returns {Sheet}
 */
export function sheetOf(at, side, into) {
  const count = at.length / 3;
  const fits = into && into.normals.length === at.length;
  const sheet = fits ? { at, normals: into.normals, creases: into.creases } : { at, normals: new Float32Array(at.length), creases: new Float32Array(count) };
  for (let first = 0; first < count; first += side * side) {
    normals(sheet, first, side);
    creases(sheet, first, side);
  }
  return sheet;
}

/** @param {Sheet} sheet @param {number} first @param {number} side */
function normals({ at, normals: out }, first, side) {
  for (let j = 0; j < side; j++) {
    for (let i = 0; i < side; i++) {
      const row = first + j * side;
      const left = 3 * (row + Math.max(0, i - 1));
      const right = 3 * (row + Math.min(side - 1, i + 1));
      const below = 3 * (first + Math.max(0, j - 1) * side + i);
      const above = 3 * (first + Math.min(side - 1, j + 1) * side + i);
      const [ux, uy, uz] = [at[right] - at[left], at[right + 1] - at[left + 1], at[right + 2] - at[left + 2]];
      const [vx, vy, vz] = [at[above] - at[below], at[above + 1] - at[below + 1], at[above + 2] - at[below + 2]];
      const [x, y, z] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
      const length = Math.sqrt(x * x + y * y + z * z) || 1;
      const k = 3 * (row + i);
      out[k] = x / length;
      out[k + 1] = y / length;
      out[k + 2] = z / length;
    }
  }
}

/** How far a vertex stands out from the middle of its neighbours along its normal, against their distance. @param {Sheet} sheet @param {number} first @param {number} side */
function creases({ at, normals: n, creases: out }, first, side) {
  for (let j = 0; j < side; j++) {
    for (let i = 0; i < side; i++) {
      const here = first + j * side + i;
      const edge = i === 0 || j === 0 || i === side - 1 || j === side - 1;
      out[here] = edge ? 0 : crease(at, n, here, side);
    }
  }
}

/** @param {Float32Array} at @param {Float32Array} n @param {number} here @param {number} side */
function crease(at, n, here, side) {
  let sharpest = 0;
  for (const step of [1, side]) {
    const [a, b, c] = [3 * (here - step), 3 * here, 3 * (here + step)];
    let out = 0;
    let length = 0;
    for (let k = 0; k < 3; k++) {
      out += n[b + k] * (2 * at[b + k] - at[a + k] - at[c + k]);
      length += (at[c + k] - at[a + k]) ** 2;
    }
    const bend = length > 0 ? out / Math.sqrt(length) : 0;
    if (Math.abs(bend) > Math.abs(sharpest)) sharpest = bend;
  }
  return Math.max(-1, Math.min(1, sharpest));
}

/** The lowest point of some vertices. @param {Float32Array} at */
export function lowest(at) {
  let least = Infinity;
  for (let i = 2; i < at.length; i += 3) if (at[i] < least) least = at[i];
  return least;
}

/** From `a` to `b`, into `out`. @param {Float32Array} a @param {Float32Array} b @param {number} t @param {Float32Array} out */
export function between(a, b, t, out) {
  for (let i = 0; i < out.length; i++) out[i] = a[i] + (b[i] - a[i]) * t;
  return out;
}

/**
 * Centred and brought to the size that the engine gives a layer's picture: a mean distance of one from the middle.
 *
 * @param {Float32Array} at changed in place
 */
export function settle(at) {
  const count = at.length / 3;
  const middle = [0, 0, 0];
  for (let i = 0; i < at.length; i++) middle[i % 3] += at[i] / count;
  let square = 0;
  for (let i = 0; i < at.length; i++) {
    at[i] -= middle[i % 3];
    square += at[i] * at[i];
  }
  const scale = square > 0 ? Math.sqrt(count / square) : 1;
  for (let i = 0; i < at.length; i++) at[i] *= scale;
  return at;
}
