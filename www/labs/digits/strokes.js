/** Strokes of the reader's pen, in the unit square, y down. */

/** Nearer points than this say nothing new. */
const APART = 0.008;
/** More than any digit needs; what comes after is another stroke's. */
const MOST = 500;

export class Strokes {
  /** @type {number[][]} x, y, x, y … each */
  done = [];
  /** @type {number[] | null} the one under way */
  now = null;

  /** @param {number} x @param {number} y */
  begin(x, y) {
    this.now = [inside(x), inside(y)];
  }

  /** @param {number} x @param {number} y @returns {boolean} whether it went on */
  go(x, y) {
    const { now } = this;
    if (!now || now.length >= 2 * MOST) return false;
    const [px, py] = now.slice(-2);
    if (Math.hypot(inside(x) - px, inside(y) - py) < APART) return false;
    now.push(inside(x), inside(y));
    return true;
  }

  /** @returns {number[] | null} the stroke that has come to its end */
  end() {
    const { now } = this;
    this.now = null;
    if (now) this.done.push(now);
    return now;
  }

  get all() {
    return this.now ? [...this.done, this.now] : this.done;
  }

  /** @returns {boolean} whether there was one */
  undo() {
    return this.done.pop() !== undefined;
  }

  clear() {
    this.done = [];
    this.now = null;
  }
}

/** @param {number} v */
const inside = (v) => Math.max(0, Math.min(1, v));
