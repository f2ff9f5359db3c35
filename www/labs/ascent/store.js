/** What the last frame says, by its channels' names. The element keeps a frame's buffers until the next one has been drawn. */

/** @typedef {import('../boundary/types.js').Frame} Frame */
/** @typedef {import('../../worker/protocol.js').About} About */
/** @typedef {{ rows: number, columns: number, data: Float32Array }} Table */

/** @type {Table} */
const NONE = { rows: 0, columns: 0, data: new Float32Array(0) };

export class Store {
  step = 0;
  settled = false;
  /** Counts frames. */
  version = 0;
  /** @type {Record<string, number>} */
  readouts = {};
  /** @type {Record<string, Table>} */
  #tables = {};

  /** @param {About} about */
  constructor(about) {
    this.ids = about.readouts.filter(({ by, unit }) => !by && unit !== 'text').map(({ id }) => id);
  }

  /** @param {Frame} frame */
  take({ step, settled, channels }) {
    this.step = step;
    this.settled = settled;
    this.version++;
    this.#tables = Object.fromEntries(Object.entries(channels).map(([name, { dims, data }]) => [name, { rows: dims[0], columns: dims[1], data }]));
    this.ids.forEach((id, i) => (this.readouts[id] = channels.readouts?.data[i] ?? NaN));
  }

  /** Of what is not in the frame, nothing. @param {string} name */
  table(name) {
    return this.#tables[name] ?? NONE;
  }

  /** One row of a table; empty where there is none. @param {string} name @param {number} [row] */
  row(name, row = 0) {
    const { rows, columns, data } = this.table(name);
    return row >= 0 && row < rows ? data.subarray(row * columns, (row + 1) * columns) : NONE.data;
  }

  /** @param {string} name @param {number} c @returns {number[]} */
  column(name, c) {
    const { rows, columns, data } = this.table(name);
    return Array.from({ length: rows }, (_, i) => data[i * columns + c]);
  }
}
