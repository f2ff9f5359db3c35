/** What the last frame says, under the names the stage uses. The element keeps a frame's buffers until the next one has been drawn. */
import { readoutsOf } from '../../element/readouts.js';
import { classesIn, same } from '../plane/points.js';
import { chainOf } from './way.js';

/** @typedef {import('./types.js').Frame} Frame */
/** @typedef {{ rows: number, columns: number, data: Float32Array }} Table */

const TABLES = /** @type {const} */ (['points', 'grid', 'carried', 'field', 'followed', 'axes', 'probe', 'stretch', 'strength', 'history', 'weights']);

export class Store {
  step = 0;
  settled = false;
  /** Counts frames. */
  version = 0;
  /** Counts changes of the points themselves, which outlive many frames. */
  pointsVersion = 0;
  /** How many different classes the points have. */
  present = 0;
  /** The step that probes and stretches belong to. */
  measured = NaN;
  /** Widths: input, hidden layers, classes. @type {number[]} */
  shape = [2, 2];
  /** @type {import('./way.js').Chain} */
  chain = chainOf([2, 2], new Float32Array(0));
  /** @type {import('../../element/globals.js').Readouts} */
  readouts = {};
  /** @type {Record<typeof TABLES[number], Table>} */
  tables = /** @type {any} */ (Object.fromEntries(TABLES.map((name) => [name, { rows: 0, columns: 0, data: new Float32Array(0) }])));

  /** @param {import('../../worker/protocol.js').About} about */
  constructor(about) {
    this.declared = about.readouts;
  }

  /** @param {Frame} frame */
  take(frame) {
    const { channels } = frame;
    this.step = frame.step;
    this.settled = frame.settled;
    this.version++;
    const moved = channels.points && !same(channels.points.data, this.tables.points.data);
    for (const name of TABLES) {
      const channel = channels[name];
      if (channel) this.tables[name] = { rows: channel.dims[0], columns: channel.dims[1], data: channel.data };
    }
    if (moved) {
      this.pointsVersion++;
      this.present = classesIn(channels.points.data);
    }
    if (channels.shape) this.shape = Array.from(channels.shape.data);
    if (channels.measured) this.measured = channels.measured.data[0];
    this.chain = chainOf(this.shape, this.tables.weights.data);
    this.readouts = readoutsOf(this.declared, /** @type {any} */ (frame));
  }

  /** Whether there are no points. */
  get empty() {
    return this.version > 0 && this.tables.points.rows === 0;
  }

  /** Hidden layers. */
  get last() {
    return this.shape.length - 2;
  }

  get classes() {
    return this.shape.at(-1) ?? 2;
  }

  /** Vertices a side. */
  get side() {
    return Math.round(Math.sqrt(this.tables.grid.rows));
  }

  /** Whether anything on the way leaves the plane. */
  get spatial() {
    return this.shape.slice(0, -1).some((width) => width > 2);
  }

  /** Whether some layer is too wide to be drawn as it is. */
  get projected() {
    return this.shape.slice(0, -1).some((width) => width > 3);
  }

  /** Accuracy of the probe after a layer. @param {number} layer */
  probe(layer) {
    const { data } = this.tables.probe;
    return data[2 * layer + 1] ?? NaN;
  }

  /** What a layer does: own largest stretch, det W, largest stretch so far, smallest area so far. @param {number} layer from 1 */
  strength(layer) {
    const { columns, data } = this.tables.strength;
    const [own, determinant, most, least] = data.subarray((layer - 1) * columns, layer * columns);
    return { own, determinant, most, least };
  }
}
