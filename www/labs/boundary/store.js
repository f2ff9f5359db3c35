/** What the last frame says, under the names the stage uses. The element keeps a frame's buffers until the next one has been drawn. */
import { logOdds } from '../../draw/field.js';
import { classesIn, same } from '../plane/points.js';

/** @typedef {import('./types.js').Frame} Frame */
/** @typedef {import('./types.js').About} About */
/** @typedef {import('../../draw/field.js').Field} Field */
/** @typedef {{ rows: number, columns: number, data: Float32Array }} Table */

/** Values of the fourth column of `push`. */
export const PUSH = /** @type {const} */ ({ none: 0, found: 1, wrong: 2 });

const TABLES = /** @type {const} */ (['points', 'weights', 'neurons', 'push', 'path', 'gradients', 'curve', 'history']);

export class Store {
  step = 0;
  settled = false;
  /** Counts frames. */
  version = 0;
  /** Counts changes of the network as it is seen, its field and its neurons: measuring changes neither, in frame after frame. */
  netVersion = 0;
  /** Counts changes of the points themselves, which outlive many frames. */
  pointsVersion = 0;
  /** Counts changes of the pushes. */
  pushVersion = 0;
  pathVersion = 0;
  /** How many different classes the points have. */
  present = 0;
  /** The step that `push`, `path` and `curve` belong to. */
  measured = 0;
  /** Widths: features, hidden layers, classes. @type {number[]} */
  shape = [];
  /** @type {Field | undefined} */
  field;
  /** @type {Record<string, number>} */
  readouts = {};
  /** @type {Record<typeof TABLES[number], Table>} */
  tables = /** @type {any} */ (Object.fromEntries(TABLES.map((name) => [name, { rows: 0, columns: 0, data: new Float32Array(0) }])));

  /** The probabilities that `field` was made of. @type {Float32Array} */
  #field = new Float32Array(0);

  /** @param {About} about */
  constructor(about) {
    this.ids = about.readouts.map(({ id }) => id);
  }

  /** @param {Frame} frame */
  take({ step, settled, channels }) {
    this.step = step;
    this.settled = settled;
    this.version++;
    const changed = (/** @type {'points' | 'push' | 'path'} */ name) => Number(name in channels && !same(channels[name].data, this.tables[name].data));
    const { field, neurons } = channels;
    const learnt = !field || !neurons || !same(field.data, this.#field) || !same(neurons.data, this.tables.neurons.data);
    if (field) this.#field = field.data;
    if (learnt) this.netVersion++;
    const before = this.pointsVersion;
    this.pointsVersion += changed('points');
    this.pushVersion += changed('push');
    this.pathVersion += changed('path');
    for (const name of TABLES) {
      if (channels[name]) this.tables[name] = { rows: channels[name].dims[0], columns: channels[name].dims[1], data: channels[name].data };
    }
    if (this.pointsVersion !== before) this.present = classesIn(this.tables.points.data);
    if (channels.shape) this.shape = Array.from(channels.shape.data);
    if (channels.measured) this.measured = channels.measured.data[0];
    if (channels.readouts) this.ids.forEach((id, i) => (this.readouts[id] = channels.readouts.data[i]));
    if (field && learnt) {
      const [classes, cells] = field.dims;
      this.field = logOdds(field.data, classes, Math.round(Math.sqrt(cells)), this.field?.values);
    }
  }

  get count() {
    return this.tables.points.rows;
  }

  /** Classes the network tells apart. */
  get classes() {
    return this.shape.at(-1) ?? 2;
  }

  /** Cells a side of one unit's picture. */
  get unitSide() {
    return Math.round(Math.sqrt(this.tables.neurons.columns));
  }

  /** @param {number} unit row of `neurons` */
  unitGrid(unit) {
    const { columns, data } = this.tables.neurons;
    return data.subarray(unit * columns, (unit + 1) * columns);
  }
}

/** @typedef {{ kind: 'feature' | 'hidden' | 'class', layer: number, index: number }} Unit */

/**
 * Which unit a row of `neurons` is.
 * @param {number[]} shape
 * @param {number} row
 * @returns {Unit | undefined}
 */
export function unitOf(shape, row) {
  let first = 0;
  for (let layer = 0; layer < shape.length; layer++) {
    if (row < first + shape[layer]) {
      const kind = layer === 0 ? 'feature' : layer === shape.length - 1 ? 'class' : 'hidden';
      return row < first ? undefined : { kind, layer, index: row - first };
    }
    first += shape[layer];
  }
  return undefined;
}

/**
 * Row of `neurons` where each layer begins.
 * @param {number[]} shape
 */
export function firstRows(shape) {
  let at = 0;
  return shape.map((width) => (at += width) - width);
}
