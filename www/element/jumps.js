/** How a run is pulled: frame by frame, or, under reduced motion, seldom and by a leap. */

/** Under reduced motion the picture changes this seldom, by what would have been so many frames. */
const JUMP_MS = 600;
const JUMP_FRAMES = 36;
const JUMP_WORK_MS = 250;

export class Jumps {
  #jumped = -Infinity;

  /** @param {import('./run.js').Run} run @param {number} now milliseconds @param {boolean} reduced motion */
  pull(run, now, reduced) {
    if (!run.playing || !reduced) return run.pull();
    if (now - this.#jumped < JUMP_MS) return;
    this.#jumped = now;
    run.pull({ steps: run.speed * JUMP_FRAMES, ms: JUMP_WORK_MS });
  }
}
