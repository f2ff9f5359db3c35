/** The live region's voice: one sentence at a time, at most every five seconds, the newest of what was waiting. */

const APART_MS = 5000;

export class Speaker {
  #last = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #say;
  #now;

  /** @param {(text: string) => void} say @param {() => number} [now] */
  constructor(say, now = () => performance.now()) {
    this.#say = say;
    this.#now = now;
  }

  /** @param {string} text */
  say(text) {
    clearTimeout(this.#timer);
    const wait = this.#last + APART_MS - this.#now();
    if (wait <= 0) this.#speak(text);
    else this.#timer = setTimeout(() => this.#speak(text), wait);
  }

  stop() {
    clearTimeout(this.#timer);
  }

  /** @param {string} text */
  #speak(text) {
    this.#last = this.#now();
    this.#say(text);
  }
}
