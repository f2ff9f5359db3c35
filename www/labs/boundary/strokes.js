/** A stroke is many dabs, and the engine takes back one dab at a time: this counts how many go together. */

/** Points that change longer than this after the last dab were changed by something else: a file, another data set. */
const OURS_MS = 2000;

/** @param {() => number} [clock] */
export function strokes(clock = () => performance.now()) {
  /** @type {number[]} */
  let done = [];
  /** @type {number[]} */
  let undone = [];
  let open = false;
  let last = -Infinity;

  return {
    dab() {
      last = clock();
      undone = [];
      if (open) done[done.length - 1]++;
      else done.push(1);
      open = true;
    },
    /** The next dab begins another stroke. */
    end() {
      open = false;
    },
    /** How many dabs to take back; one where it is not known. */
    undo() {
      last = clock();
      open = false;
      const count = done.pop();
      if (count !== undefined) undone.push(count);
      return count ?? 1;
    },
    redo() {
      last = clock();
      open = false;
      const count = undone.pop();
      if (count !== undefined) done.push(count);
      return count ?? 1;
    },
    /** The points have changed. */
    changed() {
      if (clock() - last <= OURS_MS) return;
      done = [];
      undone = [];
      open = false;
    },
  };
}
