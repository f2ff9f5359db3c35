/** What the last frame says, station by station: paper and points after every layer. */
import { lowest, settle } from './sheet.js';

/** @typedef {import('./types.js').Frame} Frame */
/** @typedef {import('../../worker/protocol.js').About} About */

/** @type {Float32Array} */
const NONE = new Float32Array(0);

export class Store {
  step = 0;
  settled = false;
  /** Counts frames. */
  version = 0;
  /** The step that the probes belong to. */
  measured = NaN;
  /** Stations: the input and every hidden layer. */
  count = 0;
  answers = NONE;
  /** @type {number[]} */
  cut = [0, 0, 0, 0];
  /** Probe after each hidden layer, from 0. @type {number[]} */
  probe = [];
  /** Width of each station and the share of its spread that is seen. @type {{ width: number, share: number }[]} */
  layers = [];
  /** @type {Record<string, number>} */
  readouts = {};

  #mesh = NONE;
  #points = NONE;

  /** @param {About} about */
  constructor(about) {
    this.ids = about.readouts.filter((readout) => !('by' in readout && readout.by)).map(({ id }) => id);
  }

  /** @param {Frame} frame */
  take({ step, settled, channels }) {
    this.step = step;
    this.settled = settled;
    this.version++;
    const data = (/** @type {string} */ name) => channels[name]?.data ?? NONE;
    this.#mesh = data('mesh');
    this.#points = data('points');
    this.answers = data('answers');
    this.cut = Array.from(data('cut'));
    this.measured = data('measured')[0] ?? NaN;
    this.count = channels.layers?.dims[0] ?? 0;
    this.layers = pairs(data('layers')).map(([width, share]) => ({ width, share }));
    this.probe = pairs(data('probe')).map(([, value]) => value);
    this.ids.forEach((id, i) => (this.readouts[id] = data('readouts')[i]));
  }

  /** Vertices along an edge of a sheet. */
  get side() {
    return this.count ? Math.round(Math.sqrt(this.#mesh.length / 3 / this.count / 2)) : 0;
  }

  /** The paper's vertices at a station. @param {number} k */
  paper(k) {
    const size = this.#mesh.length / Math.max(1, this.count);
    return this.#mesh.subarray(k * size, (k + 1) * size);
  }

  /** The points at a station. @param {number} k */
  points(k) {
    const size = this.#points.length / Math.max(1, this.count);
    return this.#points.subarray(k * size, (k + 1) * size);
  }
}

/** @param {Float32Array} data @returns {[number, number][]} */
function pairs(data) {
  return Array.from({ length: data.length / 2 }, (_, i) => [data[2 * i], data[2 * i + 1]]);
}

/** The paper as the exact inverse leaves it, fold by fold: asked of the engine once, because it never changes in a run. */
export class Inverse {
  /** @type {Float32Array[]} */
  papers = [];
  /** Counts what was asked for and forgotten. */
  version = 0;

  /**
   * @param {(kind: string, data: number[]) => Promise<Float32Array>} ask
   * @param {number} count how many states there are, the crumpled one included
   * @returns {Promise<boolean>} whether they are the ones now wanted
   */
  async fetch(ask, count) {
    const version = ++this.version;
    const papers = [];
    for (let n = 0; n < count; n++) {
      const at = settle(await ask('unfold', [n]));
      if (version !== this.version) return false;
      papers.push(at);
    }
    this.papers = papers;
    return true;
  }

  forget() {
    this.version++;
    this.papers = [];
  }
}

/** Where the table stands: under whatever is shown, and not so near that it touches. @param {Float32Array} at */
export function floorUnder(at) {
  return Math.min(-0.9, lowest(at) - 0.08);
}
