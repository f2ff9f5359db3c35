/** Recycled `ArrayBuffer`s: frames go to the page in them and come back, so a steady animation allocates nothing. */

const KEPT = 64;

export class Pool {
  /** Oldest first. @type {ArrayBuffer[]} */
  #free = [];

  /**
   * Takes buffers back. Detached ones are refused; beyond a limit the longest unused are let go, so that the sizes of an
   * earlier network do not pile up.
   *
   * @param {ArrayBuffer[]} buffers
   */
  give(buffers) {
    for (const buffer of buffers) if (buffer.byteLength > 0) this.#free.push(buffer);
    if (this.#free.length > KEPT) this.#free.splice(0, this.#free.length - KEPT);
  }

  /**
   * A copy of `view` in a buffer of exactly its size.
   *
   * @param {Float32Array} view
   */
  copy(view) {
    const i = this.#free.findIndex((buffer) => buffer.byteLength === view.byteLength);
    const buffer = i < 0 ? new ArrayBuffer(view.byteLength) : this.#free.splice(i, 1)[0];
    const copy = new Float32Array(buffer);
    copy.set(view);
    return copy;
  }

  get size() {
    return this.#free.length;
  }
}
