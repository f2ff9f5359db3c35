/** Who is drawn when: the picture follows every frame of a run, the other parts take turns, never two of them in one frame. */

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
