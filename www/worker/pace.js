/**
 * How much work to ask for at once: `n` grows until one call takes about two milliseconds, because a call and a look at
 * the clock for each step would cost more than the step of a small network.
 */

const TARGET_MS = 2;
const MOST = 1 << 16;

export class Pace {
  #n = 1;

  /** @param {number} [target] milliseconds one call should take */
  constructor(target = TARGET_MS) {
    this.target = target;
  }

  /** How many to ask for when at most `left` are wanted. @param {number} left */
  next(left) {
    return Math.max(1, Math.min(this.#n, left));
  }

  /**
   * Learns from a call that did `done` and took `ms`. It doubles at most, so one lucky reading of a coarse clock cannot
   * freeze the page, and it shrinks at once, so a heavier network is noticed in one call.
   *
   * @param {number} done
   * @param {number} ms
   */
  took(done, ms) {
    if (done < 1) return;
    const ideal = ms > 0 ? (done * this.target) / ms : Infinity;
    // Having been asked for less than usual says nothing about more, only perhaps about less.
    const most = done < this.#n ? this.#n : done * 2;
    this.#n = Math.max(1, Math.min(MOST, Math.floor(Math.min(ideal, most))));
  }
}

/**
 * Runs `work(n)` in well-sized calls until `wanted` are done, the clock passes `until`, or a call does less than asked.
 *
 * @param {Pace} pace
 * @param {(n: number) => number} work returns how many it really did
 * @param {number} wanted
 * @param {number} until
 * @param {() => number} now
 * @returns {number} how many were done
 */
export function runFor(pace, work, wanted, until, now) {
  let done = 0;
  let start = now();
  while (done < wanted) {
    const n = pace.next(wanted - done);
    const did = work(n);
    const end = now();
    pace.took(did, end - start);
    done += did;
    if (did < n || end >= until) break;
    start = end;
  }
  return done;
}
