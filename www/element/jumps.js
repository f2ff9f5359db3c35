/** How often a playing figure moves: as often as it can, or, under reduced motion, seldom and by as much as would have been seen. */

/** @typedef {import('./run.js').Run} Run */

/** Under reduced motion the picture changes this seldom, by what would have been so many frames. */
const JUMP_MS = 600;
const JUMP_FRAMES = 36;
const JUMP_WORK_MS = 250;

export class Jumps {
  #last = -Infinity;

  /** Asks for what is to be shown next, if it is time. @param {Run} run @param {number} now @param {boolean} [still] reduced motion */
  pull(run, now, still) {
    if (!run.playing || !still) return run.pull();
    if (now - this.#last < JUMP_MS) return;
    this.#last = now;
    run.pull({ steps: run.speed * JUMP_FRAMES, ms: JUMP_WORK_MS });
  }
}
