/** What the last frame says, under the names the stage uses. */
import { logOdds } from '../../draw/field.js';
import { same } from '../plane/points.js';

/** @typedef {import('../boundary/types.js').Frame} Frame */
/** @typedef {import('../../draw/field.js').Field} Field */
/** @typedef {{ rows: number, columns: number, data: Float32Array }} Table */
/** @typedef {{ x: number, y: number, z: number, cls: number, lead: number, by: number }} Witness */
/** @typedef {{ needed: number, must: boolean, inner: number }} Theorem */

/** How a witness was found. */
export const BY = /** @type {const} */ ({ halfLine: 1, core: 2, sample: 3 });

const TABLES = /** @type {const} */ (['points', 'hidden', 'sheet', 'outline', 'control', 'round', 'corridor', 'shape', 'weights', 'history']);

export class Store {
  step = 0;
  settled = false;
  /** Counts frames. */
  version = 0;
  /** Counts changes of the points. */
  pointsVersion = 0;
  /** The step that witness and accuracy belong to. */
  measured = 0;
  /** @type {Field | undefined} none in space */
  field;
  /** @type {Witness | undefined} */
  witness;
  /** @type {Theorem} */
  theorem = { needed: 0, must: false, inner: -1 };
  /** @type {Record<string, number>} */
  readouts = {};
  /** @type {Record<typeof TABLES[number], Table>} */
  tables = /** @type {any} */ (Object.fromEntries(TABLES.map((name) => [name, { rows: 0, columns: 0, data: new Float32Array(0) }])));

  /** @param {import('../../worker/protocol.js').About} about */
  constructor(about) {
    this.ids = about.readouts.map(({ id }) => id);
  }

  /** @param {Frame} frame */
  take({ step, settled, channels }) {
    this.step = step;
    this.settled = settled;
    this.version++;
    if (channels.points && !same(channels.points.data, this.tables.points.data)) this.pointsVersion++;
    for (const name of TABLES) {
      const channel = channels[name];
      if (channel) this.tables[name] = { rows: channel.dims[0], columns: channel.dims[1], data: channel.data };
    }
    if (channels.readouts) this.ids.forEach((id, i) => (this.readouts[id] = channels.readouts.data[i]));
    if (channels.measured) this.measured = channels.measured.data[0];
    if (channels.theorem) {
      const [needed, must, inner] = channels.theorem.data;
      this.theorem = { needed, must: must > 0.5, inner };
    }
    if (channels.witness) {
      const [x, y, z, cls, lead, by] = channels.witness.data;
      this.witness = channels.witness.dims[0] > 0 ? { x, y, z, cls, lead, by } : undefined;
    }
    if (channels.field) {
      const [, cells] = channels.field.dims;
      this.field = cells > 0 ? logOdds(channels.field.data, 2, Math.round(Math.sqrt(cells)), this.field?.values) : undefined;
    }
  }

  /** Whether the points are of space. */
  get inSpace() {
    return this.version > 0 && !this.field;
  }

  /** Neurons of every hidden layer. */
  get width() {
    return this.readouts.width ?? 0;
  }

  /** Whether the measurement has been made at all. */
  get judged() {
    return Number.isFinite(this.readouts.denseAccuracy);
  }

  /** The lines that show the sets, each with whose it is. @returns {{ cls: number, line: number[] }[]} */
  outlines() {
    const { data } = this.tables.outline;
    /** @type {{ cls: number, line: number[] }[]} */
    const lines = [];
    for (let i = 0; i < data.length; i += 4) {
      const [cls, k, x, y] = data.subarray(i, i + 4);
      (lines[k] ??= { cls, line: [] }).line.push(x, y);
    }
    return lines;
  }

  /** Control points of the two drawn curves, x and y in turn. @returns {[number[], number[]]} */
  curves() {
    const { data } = this.tables.control;
    /** @type {[number[], number[]]} */
    const curves = [[], []];
    for (let i = 0; i < data.length; i += 3) curves[data[i] === 0 ? 0 : 1].push(data[i + 1], data[i + 2]);
    return curves;
  }
}
