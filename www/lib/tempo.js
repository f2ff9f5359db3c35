/**
 * Whether the page keeps up with a run that plays. Where frames come slowly, a picture that changes with every one of them
 * may be coarser until the run rests: software rendering takes four times as long for twice the pixels a side.
 */

/** Milliseconds between frames from which on they are slow: fewer than 40 a second. */
const SLOW = 25;
/** A longer wait was no frame of a run that plays. */
const STOOD = 400;
/** How much one frame counts for. */
const WEIGHT = 0.1;

export class Tempo {
  #last = -Infinity;
  #mean = 0;
  slow = false;

  /** One more frame of the run. @param {number} now milliseconds */
  frame(now) {
    const took = now - this.#last;
    this.#last = now;
    if (took > STOOD) return;
    // However long a single one was: that may have been anything.
    this.#mean += (Math.min(took, 2 * SLOW) - this.#mean) * WEIGHT;
    // Once slow it stays so until it rests: at the coarser size it is quick, and would change to and fro.
    this.slow ||= this.#mean > SLOW;
  }

  /** The run stands still. */
  rest() {
    this.#mean = 0;
    this.slow = false;
  }
}
