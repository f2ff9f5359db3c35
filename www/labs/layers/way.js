/** The way of a point through the layers, as a function of t: which stops it lies between, and where that is in space. */

/** What happens between two stops; each takes a third of a layer. */
export const PHASES = /** @type {const} */ (['turn', 'shift', 'bend']);

/** @typedef {'turn' | 'shift' | 'bend'} Phase */
/** @typedef {{ width: number, z: number, a: number }} Layer columns where `z = a W + b` and `a = f(z)` begin; layer 0 has only `a` */
/** @typedef {{ mean: Float32Array, directions: Float32Array[] }} Projector three directions of a layer's space, seen from `mean` */
/** @typedef {{ layers: Layer[], columns: number, biases: Float32Array[] }} Chain */
/** @typedef {{ layer: number, phase: Phase, share: number, rest: boolean }} Moment on the way into `layer`; `rest`: exactly after it */

/**
 * Where everything of the hidden layers stands in a row of stops and in the parameters.
 * @param {number[]} shape widths: input, hidden layers, classes
 * @param {Float32Array} weights
 * @returns {Chain}
 */
export function chainOf(shape, weights) {
  /** @type {Layer[]} */
  const layers = [{ width: shape[0], z: 0, a: 0 }];
  /** @type {Float32Array[]} */
  const biases = [new Float32Array(0)];
  let columns = shape[0];
  let at = 0;
  for (const [i, width] of shape.slice(1, -1).entries()) {
    layers.push({ width, z: columns, a: columns + width });
    columns += 2 * width;
    at += shape[i] * width;
    biases.push(weights.subarray(at, at + width));
    at += width;
  }
  return { layers, columns, biases };
}

/**
 * @param {number} t
 * @param {number} last how many hidden layers there are
 * @returns {Moment}
 */
export function momentOf(t, last) {
  const within = Math.max(0, Math.min(last, t));
  const whole = Math.floor(within + 1e-6);
  const into = within - whole;
  if (into < 1e-6) return { layer: whole, phase: 'bend', share: 1, rest: true };
  const third = Math.min(2, Math.floor(3 * into + 1e-6));
  return { layer: whole + 1, phase: PHASES[third], share: Math.min(1, Math.max(0, 3 * into - third)), rest: false };
}

/**
 * Where rows of stops are at t, three coordinates each.
 *
 * On the way into a layer W grows out of the identity, `(1 − s) x + s W x` (a plane in space stays where it is until W lifts
 * it), then the bias is added, then the function grows out of the identity, `(1 − s) z + s f(z)`.
 *
 * @param {Chain} chain
 * @param {Projector[]} projectors one a layer
 * @param {Float32Array} data rows × chain.columns
 * @param {number} t
 * @param {Float32Array} [out]
 * @returns {Float32Array} rows × 3
 */
export function placesAt(chain, projectors, data, t, out) {
  const rows = data.length / chain.columns;
  const places = out?.length === 3 * rows ? out : new Float32Array(3 * rows);
  const { layer, phase, share, rest } = momentOf(t, chain.layers.length - 1);
  const to = chain.layers[layer];
  const seen = projectors[layer];
  const from = chain.layers[Math.max(0, layer - 1)];
  const before = projectors[Math.max(0, layer - 1)];
  const bias = offset(seen, chain.biases[layer]);
  for (let i = 0; i < rows; i++) {
    const row = i * chain.columns;
    for (let k = 0; k < 3; k++) {
      let place;
      if (rest) place = along(seen, k, data, row + to.a, to.width);
      else if (phase === 'turn') {
        const start = along(before, k, data, row + from.a, from.width);
        place = start + share * (along(seen, k, data, row + to.z, to.width) - bias[k] - start);
      } else if (phase === 'shift') place = along(seen, k, data, row + to.z, to.width) - (1 - share) * bias[k];
      else {
        const start = along(seen, k, data, row + to.z, to.width);
        place = start + share * (along(seen, k, data, row + to.a, to.width) - start);
      }
      places[3 * i + k] = place;
    }
  }
  return places;
}

/** @param {Projector} projector @param {number} k @param {Float32Array} data @param {number} at @param {number} width */
function along({ mean, directions }, k, data, at, width) {
  const direction = directions[k];
  let sum = 0;
  for (let j = 0; j < width; j++) sum += direction[j] * (data[at + j] - mean[j]);
  return sum;
}

/** A vector of the layer's space, projected. @param {Projector} projector @param {Float32Array} vector */
function offset({ directions }, vector) {
  return directions.map((direction) => vector.reduce((sum, v, j) => sum + direction[j] * v, 0));
}

/**
 * Every t at which the way has a corner: between two of them it is straight.
 * @param {number} last
 */
export function corners(last) {
  return Array.from({ length: 3 * last + 1 }, (_, i) => i / 3);
}

/**
 * Axes of a space as they are: the first three coordinates, or three chosen ones.
 * @param {number} width
 * @param {number[]} [units]
 * @returns {Projector}
 */
export function plainly(width, units = [0, 1, 2]) {
  const size = Math.max(3, width);
  const directions = units.map((unit) => Float32Array.from({ length: size }, (_, j) => Number(j === Math.min(unit, size - 1))));
  return { mean: new Float32Array(size), directions };
}

/** Speeds of the tour's turns, no two of them in a whole ratio: in time it comes near every view there is. */
const SPEEDS = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167, 173, 179, 181].map(Math.sqrt);

/**
 * Three directions of a wide space on a grand tour of it (Asimov 1985, by the torus method): the first three axes, turned in
 * the plane of every pair at a speed of its own.
 * @param {number} width
 * @param {number} time
 * @returns {Float32Array[]}
 */
export function tourOf(width, time) {
  const directions = [0, 1, 2].map((k) => Float64Array.from({ length: width }, (_, j) => Number(j === k)));
  let pair = 0;
  for (let i = 0; i < 3; i++) {
    for (let j = i + 1; j < width; j++) {
      const angle = time * SPEEDS[pair++ % SPEEDS.length];
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      for (const direction of directions) [direction[i], direction[j]] = [c * direction[i] - s * direction[j], s * direction[i] + c * direction[j]];
    }
  }
  return directions.map((direction) => Float32Array.from(direction));
}

/**
 * How each layer is looked at: as it is up to three units, else along its principal axes, three of its units, or a tour.
 * @param {Chain} chain
 * @param {{ columns: number, data: Float32Array }} axes the channel: mean and three directions a hidden layer
 * @param {{ projecting: import('./types.js').Projecting, units: number[], tour: number }} view
 * @returns {Projector[]}
 */
export function projectorsOf({ layers }, { columns, data }, { projecting, units, tour }) {
  return layers.map(({ width }, layer) => {
    if (width <= 3) return plainly(width);
    if (projecting === 'units') return plainly(width, units.map((unit) => Math.min(unit, width - 1)));
    const row = (/** @type {number} */ k) => data.subarray((4 * (layer - 1) + k) * columns, (4 * (layer - 1) + k) * columns + width);
    return { mean: row(0), directions: projecting === 'tour' ? tourOf(width, tour) : [row(1), row(2), row(3)] };
  });
}
