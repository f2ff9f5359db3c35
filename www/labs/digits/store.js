/** What the last frame says, under the names the stage uses. The element keeps a frame's buffers until the next one has been drawn. */

/** @typedef {import('./types.js').Frame} Frame */
/** @typedef {import('../../worker/protocol.js').About} About */
/** @typedef {{ rows: number, columns: number, data: Float32Array }} Table */

export const SIDE = 28;
export const PIXELS = SIDE * SIDE;
export const CLASSES = 10;

const TABLES = /** @type {const} */ ([
  'history', 'shown', 'label', 'push', 'pushAt', 'answers', 'random', 'randomAnswers', 'curve', 'transfer', 'confusion', 'mistakes',
  'kernels', 'maps', 'maps2', 'slice', 'slicePath', 'cloud', 'place', 'placePushed', 'axes', 'off', 'offShown', 'offAnswers',
]);
/** Attacks whose size is a length, not a largest change. */
const ROUND = ['pgd-l2', 'deepfool', 'carlini-wagner'];

export class Store {
  step = 0;
  settled = false;
  /** Counts frames. */
  version = 0;
  /** The step that what was measured belongs to. */
  measured = NaN;
  /** @type {Record<string, number>} */
  readouts = {};
  /** @type {Record<typeof TABLES[number], Table>} */
  tables = /** @type {any} */ (Object.fromEntries(TABLES.map((name) => [name, { rows: 0, columns: 0, data: new Float32Array(0) }])));

  /** @param {About} about */
  constructor(about) {
    this.ids = about.readouts.filter(({ by }) => !by).map(({ id }) => id);
  }

  /** @param {Frame} frame */
  take({ step, settled, channels }) {
    this.step = step;
    this.settled = settled;
    this.version++;
    for (const name of TABLES) {
      if (channels[name]) this.tables[name] = { rows: channels[name].dims[0], columns: channels[name].dims[1], data: channels[name].data };
    }
    if (channels.measured) this.measured = channels.measured.data[0] ?? NaN;
    if (channels.readouts) this.ids.forEach((id, i) => (this.readouts[id] = channels.readouts.data[i]));
  }

  /** One row of a table; empty where there is none. @param {typeof TABLES[number]} name @param {number} [row] */
  row(name, row = 0) {
    const { rows, columns, data } = this.tables[name];
    return row >= 0 && row < rows ? data.subarray(row * columns, (row + 1) * columns) : new Float32Array(0);
  }

  /** @param {typeof TABLES[number]} name @param {number} c @returns {number[]} */
  column(name, c) {
    const { rows, columns, data } = this.tables[name];
    return Array.from({ length: rows }, (_, i) => data[i * columns + c]);
  }

  /** Class of the shown digit; −1 where nobody but its drawer knows. */
  get truth() {
    return this.tables.label.data[0] ?? -1;
  }

  /** Whether there is a push to be seen. */
  get pushed() {
    return this.tables.push.rows > 0 && this.tables.answers.rows === this.tables.push.rows;
  }

  get lastRow() {
    return Math.max(0, this.tables.push.rows - 1);
  }
}

/** The likeliest class and its share. @param {ArrayLike<number>} shares @returns {{ best: number, share: number }} */
export function answerOf(shares) {
  let best = -1;
  for (let k = 0; k < shares.length; k++) if (best < 0 ? Number.isFinite(shares[k]) : shares[k] > shares[best]) best = k;
  return { best, share: best < 0 ? NaN : shares[best] };
}

/**
 * The two classes an attack is about: what the digit was read as (or is), and what it is read as in the end, or else nearly is.
 *
 * @param {ArrayLike<number>} first shares before the push
 * @param {ArrayLike<number>} last and after
 * @param {number} truth −1 where it is not known
 */
export function rivals(first, last, truth) {
  const from = truth >= 0 ? truth : answerOf(first).best;
  const others = Array.from(last, (share, k) => (k === from ? -1 : share));
  return { from, to: answerOf(others).best };
}

/** Whether the size of this attack is a length (L2). @param {unknown} method */
export const isRound = (method) => ROUND.includes(String(method));

/** The knob that says how large the push is. @param {unknown} method */
export const sizeKnob = (method) => (isRound(method) ? 'radius' : 'epsilon');

/** Largest change of one pixel, and the length of all changes. @param {ArrayLike<number>} from @param {ArrayLike<number>} to */
export function sizeOf(from, to) {
  let [most, sum] = [0, 0];
  for (let i = 0; i < from.length; i++) {
    const by = Math.abs(to[i] - from[i]);
    if (by > most) most = by;
    sum += by * by;
  }
  return { linf: most, l2: Math.sqrt(sum) };
}
