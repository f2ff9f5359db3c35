/** The geometry of a bent sheet: its normals, and how sharply it is creased where. Pure arithmetic on vertices in rows. */

/** @typedef {import('./types.js').Sheet} Sheet */

/** @type {Float32Array} */
const NONE = new Float32Array(0);

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
      const here = first + j * side + i;
      const left = 3 * (i > 0 ? here - 1 : here);
      const right = 3 * (i < side - 1 ? here + 1 : here);
      const below = 3 * (j > 0 ? here - side : here);
      const above = 3 * (j < side - 1 ? here + side : here);
      const ux = at[right] - at[left];
      const uy = at[right + 1] - at[left + 1];
      const uz = at[right + 2] - at[left + 2];
      const vx = at[above] - at[below];
      const vy = at[above + 1] - at[below + 1];
      const vz = at[above + 2] - at[below + 2];
      const x = uy * vz - uz * vy;
      const y = uz * vx - ux * vz;
      const z = ux * vy - uy * vx;
      const length = Math.sqrt(x * x + y * y + z * z) || 1;
      out[3 * here] = x / length;
      out[3 * here + 1] = y / length;
      out[3 * here + 2] = z / length;
    }
  }
}

/** The sharper of the bends along both edges. @param {Sheet} sheet @param {number} first @param {number} side */
function creases({ at, normals: n, creases: out }, first, side) {
  for (let j = 0; j < side; j++) {
    for (let i = 0; i < side; i++) {
      const here = first + j * side + i;
      if (i === 0 || j === 0 || i === side - 1 || j === side - 1) {
        out[here] = 0;
        continue;
      }
      const [u, v] = [bend(at, n, 3 * here, 3), bend(at, n, 3 * here, 3 * side)];
      out[here] = Math.max(-1, Math.min(1, Math.abs(v) > Math.abs(u) ? v : u));
    }
  }
}

/** How far a vertex stands out from the middle of its neighbours along its normal, against their distance. @param {Float32Array} at @param {Float32Array} n @param {number} k @param {number} step to a neighbour */
function bend(at, n, k, step) {
  const [a, c] = [k - step, k + step];
  const x = at[c] - at[a];
  const y = at[c + 1] - at[a + 1];
  const z = at[c + 2] - at[a + 2];
  const out = n[k] * (2 * at[k] - at[a] - at[c]) + n[k + 1] * (2 * at[k + 1] - at[a + 1] - at[c + 1]) + n[k + 2] * (2 * at[k + 2] - at[a + 2] - at[c + 2]);
  const length = Math.sqrt(x * x + y * y + z * z);
  return length > 0 ? out / length : 0;
}

/** The lowest point of some vertices. @param {Float32Array} at */
export function lowest(at) {
  let least = Infinity;
  for (let i = 2; i < at.length; i += 3) if (at[i] < least) least = at[i];
  return least;
}

/** From `a` to `b`, into `out`. @param {Float32Array} a @param {Float32Array} b @param {number} t @param {Float32Array} out */
export function between(a, b, t, out) {
  if (t === 0) out.set(a);
  else for (let i = 0; i < out.length; i++) out[i] = a[i] + (b[i] - a[i]) * t;
  return out;
}

/** What is seen between two states, in memory of its own that is used again. It is worked out when a state or the place between them is another. */
export class Between {
  /** Changes with the numbers. */
  version = 0;
  /** @type {Sheet} */
  sheet = { at: NONE, normals: NONE, creases: NONE };
  points = NONE;
  answers = NONE;
  #of = '';

  /**
   * @param {string} of which states, and where between them
   * @param {number} t the same place, 0 to 1
   * @param {[Float32Array, Float32Array]} papers
   * @param {[Float32Array, Float32Array]} points
   * @param {Float32Array} answers
   */
  take(of, t, papers, points, answers) {
    if (of === this.#of) return this;
    this.#of = of;
    this.version++;
    const at = between(...papers, t, fitting(this.sheet.at, papers[0]));
    this.sheet = sheetOf(at, Math.round(Math.sqrt(at.length / 6)), this.sheet);
    this.points = between(...points, t, fitting(this.points, points[0]));
    this.answers = between(answers, answers, 0, fitting(this.answers, answers));
    return this;
  }
}

/** @param {Float32Array} memory @param {Float32Array} like */
const fitting = (memory, like) => (memory.length === like.length ? memory : new Float32Array(like.length));

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
