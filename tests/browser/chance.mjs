// Chance from a seed, so that what went wrong can be run again. Sent into pages as text, too: self-contained.

/** Numbers in [0, 1), as many as wanted (mulberry32). @param {number} seed @returns {() => number} */
export function chance(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
