/** Playing by itself: one figure at a time, while it is seen, until somebody operates it or it has shown enough. */

/** Enough to see it learn, little enough not to warm a phone. */
const ENOUGH = 1500;
/** Share of a figure in view that lets it start. */
const SEEN = 0.15;

/** @type {Turn | undefined} */
let holder;
/** Those in view that would play, once the holder stops or leaves. @type {Set<Turn>} */
const queue = new Set();

/**
 * @typedef {object} Player
 * @property {() => number | undefined} step where its run stands; nothing while it may not play by itself
 * @property {() => boolean} still whether motion is reduced
 * @property {() => void} play
 * @property {() => void} pause
 * @property {() => void} stop it has shown enough
 * @property {() => void} wait to be asked
 */

export class Turn {
  #player;
  /** Whether nobody has operated it yet. */
  #free = true;
  /** Whether it has started by itself: out of view it pauses, and goes on when it is seen again. */
  #began = false;
  #share = 0;

  /** @param {Player} player */
  constructor(player) {
    this.#player = player;
  }

  /** @param {number} [share] of the figure that is in view */
  seen(share = this.#share) {
    this.#share = share;
    const player = this.#player;
    const step = player.step();
    if (step === undefined || !this.#free) return;
    if (holder === this && share === 0) {
      player.pause();
      return this.leave();
    }
    queue.delete(this);
    if (share < SEEN || (step > 0 && !this.#began)) return;
    if (holder) {
      if (holder !== this) queue.add(this);
      return;
    }
    if (player.still()) {
      this.#free = false;
      return player.wait();
    }
    this.#began = true;
    holder = this;
    player.play();
  }

  /** @param {number} step that has been shown */
  shown(step) {
    if (holder !== this || step < ENOUGH) return;
    this.#player.stop();
    this.end();
  }

  /** From now on it neither starts nor stops by itself. */
  end() {
    this.#free = false;
    this.leave();
  }

  /** Whoever waits in view may play now. */
  leave() {
    queue.delete(this);
    if (holder !== this) return;
    holder = undefined;
    for (const other of [...queue]) other.seen();
  }
}
