/** A stroke is many dabs, and the engine takes back one dab at a time: this counts how many go together. */

/** Points that change longer than this after the last dab were changed by something else: a file, another data set. */
const OURS_MS = 2000;

/**
 * @param {(kind: string, data: number[]) => void} input what reaches the run
 * @param {() => number} [clock]
 */
export function strokes(input, clock = () => performance.now()) {
  /** @type {number[]} */
  let done = [];
  /** @type {number[]} */
  let undone = [];
  let open = false;
  let last = -Infinity;
  const stack = (/** @type {'undo' | 'redo'} */ what) => (what === 'undo' ? done : undone);

  const self = {
    /** One dab. @param {string} kind @param {number[]} data */
    edit(kind, data) {
      last = clock();
      undone = [];
      if (open) done[done.length - 1]++;
      else done.push(1);
      open = true;
      input(kind, data);
    },
    /** The next dab begins another stroke. */
    lift() {
      open = false;
    },
    /** Takes a whole stroke back or does it once more; one dab where it is not known how many it had. @param {'undo' | 'redo'} what */
    again(what) {
      last = clock();
      open = false;
      const count = stack(what).pop();
      if (count !== undefined) stack(what === 'undo' ? 'redo' : 'undo').push(count);
      for (let dabs = count ?? 1; dabs > 0; dabs--) input(what, []);
    },
    /** The same by key: where no stroke is known, it is for what was done before. @param {'undo' | 'redo'} what */
    key(what) {
      const known = stack(what).length > 0;
      if (known) self.again(what);
      return known;
    },
    /** The points have changed. */
    changed() {
      if (clock() - last <= OURS_MS) return;
      done = [];
      undone = [];
      open = false;
    },
  };
  return self;
}
