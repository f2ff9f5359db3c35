/**
 * The newest frame and the one on screen. A stage may go on reading what it was last given, so a frame's buffers return
 * to the worker only when a newer one has been drawn, or at once if it never was.
 */

/** @typedef {import('../worker/protocol.js').Frame} Frame */

export class Frames {
  /** @type {Frame | undefined} */
  #fresh;
  /** @type {Frame | undefined} */
  #shown;
  /** @type {ArrayBuffer[]} */
  #spare = [];

  /** @param {Frame} frame just arrived */
  put(frame) {
    if (this.#fresh) this.#release(this.#fresh);
    this.#fresh = frame;
  }

  /** Draws the newest frame, if it has not been. @param {(frame: Frame) => void} draw */
  show(draw) {
    const frame = this.#fresh;
    if (!frame) return false;
    const before = this.#shown;
    this.#fresh = undefined;
    this.#shown = frame;
    draw(frame);
    if (before) this.#release(before);
    return true;
  }

  /** @returns {Frame | undefined} */
  get newest() {
    return this.#fresh ?? this.#shown;
  }

  /** Buffers nobody looks at any more; whoever takes them gives them away. */
  spare() {
    return this.#spare.splice(0);
  }

  /** @param {Frame} frame */
  #release(frame) {
    for (const { data } of Object.values(frame.channels)) this.#spare.push(/** @type {ArrayBuffer} */ (data.buffer));
  }
}
