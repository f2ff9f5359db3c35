/** What every contestant's worker has in common: the data, and the clock. Loaded by classic and by module workers alike. */

/** Milliseconds timed at once: enough for the clock, too few to be interrupted every time. */
const SLICE = 5;

/** Points of two spiral arms, and a class for each. */
globalThis.spiral = (/** @type {number} */ count) => {
  const x = [];
  const label = [];
  for (let i = 0; i < count; i += 1) {
    const u = Math.sqrt((i + 1) / count);
    const angle = 11 * u + Math.PI * (i % 2);
    x.push([0.9 * u * Math.cos(angle), 0.9 * u * Math.sin(angle)]);
    label.push(i % 2);
  }
  return { x, label };
};

/** Cell centres of a grid over [−1, 1]². */
globalThis.grid = (/** @type {number} */ side) => {
  const at = (/** @type {number} */ k) => ((k + 0.5) / side) * 2 - 1;
  return Array.from({ length: side * side }, (_, i) => [at(i % side), -at(Math.floor(i / side))]);
};

/** Pictures of 28 × 28 pixels of noise, and a class for each. */
globalThis.pictures = (/** @type {number} */ count) => {
  const x = Array.from({ length: count }, () => Float32Array.from({ length: 784 }, () => Math.random()));
  return { x, label: x.map((_, i) => i % 10) };
};

/**
 * Answers `{ name, ms }` with units a second. A maker returns how many units one go has, and what does `n` goes, then or in a while.
 *
 * @param {Record<string, () => { units: number, operations?: number, run: (n: number) => void | Promise<void> } | Promise<any>>} makers
 */
globalThis.contend = (makers) => {
  /** @type {Record<string, any>} */
  const made = {};
  onmessage = async ({ data: { name, ms } }) => {
    try {
      made[name] ??= await makers[name]();
      const { units, operations = 0, run } = made[name];
      const time = async (/** @type {number} */ goes) => {
        const start = performance.now();
        const over = run(goes);
        if (over) await over; // a turn of the event loop would count where there is none
        return performance.now() - start;
      };
      // How many goes fill a slice; warms up, too.
      let goes = 1;
      for (let took = await time(goes); took < SLICE; took = await time(goes)) {
        goes = Math.ceil(goes * Math.min(8, Math.max(1.3, SLICE / Math.max(took, 0.01))));
      }
      // The fastest slice: whatever else runs on the machine can only make one slower.
      let least = Infinity;
      for (const end = performance.now() + ms; performance.now() < end; ) least = Math.min(least, await time(goes));
      const rate = (goes / least) * 1000;
      postMessage({ rate: rate * units, operations: rate * operations });
    } catch (error) {
      postMessage({ error: `${name}: ${error}` });
    }
  };
  postMessage({ names: Object.keys(makers) });
};
