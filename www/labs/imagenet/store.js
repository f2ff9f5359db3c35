/** What the last frame says, under the names the stage uses; its pictures are kept as pixels a canvas can draw. */
import { gainOf, rgbaOf, rgbaOfPush } from './rgb.js';

/** @typedef {import('./types.js').Frame} Frame */
/** @typedef {import('../../worker/protocol.js').About} About */
/** @typedef {{ rows: number, columns: number, data: Float32Array }} Table */
/** @typedef {'original' | 'pushed' | 'noisy' | 'resaved' | 'push'} Shown */
/** @typedef {{ index: number, share: number }} Guess a class and its probability */

export const SIDE = 224;
const NUMBERS = SIDE * SIDE * 3;

const TABLES = /** @type {const} */ (['original', 'pushed', 'noisy', 'resaved', 'before', 'now', 'underNoise', 'afterJpeg', 'way', 'goal']);
const NOTHING = new Float32Array(0);

export class Store {
  step = 0;
  settled = false;
  /** Counts frames. */
  version = 0;
  /** @type {Record<string, number>} */
  readouts = {};
  /** What it reads in the attacked picture, in words. */
  top1 = '';
  /** How many times larger the push is shown. */
  gain = 1;
  /** @type {Record<typeof TABLES[number], Table>} */
  tables = /** @type {any} */ (Object.fromEntries(TABLES.map((name) => [name, { rows: 0, columns: 0, data: NOTHING }])));
  /** Pixels of this frame, made when they are first asked for. @type {Map<Shown, ImageData>} */
  #pixels = new Map();

  /** @param {About} about */
  constructor(about) {
    this.ids = about.readouts.filter(({ by, unit }) => !by && /** @type {string} */ (unit) !== 'text').map(({ id }) => id);
  }

  /** @param {Frame} frame */
  take({ step, settled, channels, texts }) {
    this.step = step;
    this.settled = settled;
    this.version++;
    for (const name of TABLES) {
      const channel = channels[name];
      this.tables[name] = channel ? { rows: channel.dims[0], columns: channel.dims[1], data: channel.data } : { rows: 0, columns: 0, data: NOTHING };
    }
    if (channels.readouts) this.ids.forEach((id, i) => (this.readouts[id] = channels.readouts.data[i] ?? NaN));
    this.top1 = texts.top1 ?? '';
    const { original, pushed } = this.tables;
    this.gain = this.has('pushed') ? gainOf(original.data, pushed.data) : 1;
    this.#pixels.clear();
  }

  /** @param {'original' | 'pushed' | 'noisy' | 'resaved'} name */
  has(name) {
    return this.tables[name].data.length === NUMBERS;
  }

  /** @param {Shown} shown @returns {ImageData | undefined} nothing while it has not been worked out */
  pixels(shown) {
    if (!this.has('original') || !this.has(shown === 'push' ? 'pushed' : shown)) return undefined;
    let made = this.#pixels.get(shown);
    if (!made) {
      const { original, pushed } = this.tables;
      const rgba = shown === 'push' ? rgbaOfPush(original.data, pushed.data, this.gain) : rgbaOf(this.tables[shown].data);
      this.#pixels.set(shown, (made = new ImageData(rgba, SIDE, SIDE)));
    }
    return made;
  }

  /** The likeliest classes, likeliest first. @param {'before' | 'now' | 'underNoise' | 'afterJpeg'} name @returns {Guess[]} */
  guesses(name) {
    const { rows, columns, data } = this.tables[name];
    return Array.from({ length: rows }, (_, i) => ({ index: data[i * columns], share: data[i * columns + 1] })).filter(({ index }) => index >= 0);
  }

  /** @param {number} c @returns {number[]} */
  way(c) {
    const { rows, columns, data } = this.tables.way;
    return Array.from({ length: rows }, (_, i) => data[i * columns + c]);
  }

  /** The class it reads untouched; −1 while nothing was read. */
  get from() {
    return this.tables.goal.data[0] ?? -1;
  }

  /** The class it is led to; −1 where any other will do. */
  get to() {
    return this.tables.goal.data[1] ?? -1;
  }

  /** Whether anything was added to the photo. */
  get moved() {
    return this.step > 0 && this.has('pushed') && this.readouts.linf > 0;
  }
}
