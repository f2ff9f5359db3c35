/** Who is drawn when: the picture follows every frame of a run, the other parts take turns, never two of them in one frame. */
import { nearby } from '../lib/nearby.js';

/** @typedef {{ draw: () => void, every: number, seen?: () => boolean }} Part `every` so many milliseconds at most; unseen it waits */

/**
 * @param {Part[]} parts
 * @param {() => number} [clock]
 */
export function turns(parts, clock = () => performance.now()) {
  const last = parts.map(() => -Infinity);
  let flushing = 0;

  /** @param {number} i */
  function draw(i) {
    last[i] = clock();
    parts[i].draw();
  }

  const seen = () => parts.map((_, i) => i).filter((i) => parts[i].seen?.() ?? true);

  return {
    /** One more frame of a run: the part that has waited longest, if its time has come. */
    next() {
      const now = clock();
      const due = seen().filter((i) => now - last[i] > parts[i].every).sort((a, b) => last[a] - last[b])[0];
      if (due !== undefined) draw(due);
    },
    /** The last frame for now: every part, one an animation frame after it, so that none of them is long. */
    settle() {
      cancelAnimationFrame(flushing);
      const queue = seen();
      const flush = () => {
        const i = queue.shift();
        if (i !== undefined) draw(i);
        if (queue.length > 0) flushing = requestAnimationFrame(flush);
      };
      flushing = requestAnimationFrame(flush);
    },
    /** Sizes or colours changed: every part, now. */
    all() {
      seen().forEach(draw);
    },
    /** A part has come into view. @param {Part['draw']} part */
    came(part) {
      draw(parts.findIndex((one) => one.draw === part));
    },
    stop() {
      cancelAnimationFrame(flushing);
    },
  };
}

/**
 * Turns of parts that stand further down: each is drawn once, so that it has the room it takes; while a run moves those in view are, and all
 * of them when it stands still.
 *
 * @template {string} N
 * @param {Record<N, { draw: () => void }>} parts
 * @param {Record<N, Element>} places
 * @param {{ settled: boolean, version: number }} store
 * @param {number} every
 * @param {Part[]} first those that are always in view
 */
export function turnsBelow(parts, places, store, every, ...first) {
  const names = /** @type {N[]} */ (Object.keys(parts));
  /** @type {Set<N>} */
  const once = new Set();
  const draws = /** @type {Record<N, () => void>} */ (Object.fromEntries(names.map((name) => [name, () => (once.add(name), parts[name].draw())])));
  const others = turns([...first, ...names.map((name) => ({ draw: draws[name], every, seen: () => near.has(name) || store.settled || !once.has(name) }))]);
  const near = nearby(places, (name) => store.version > 0 && others.came(draws[name]));
  return { others, near };
}
