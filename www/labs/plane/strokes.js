/** A stroke is many dabs, and the engine takes back one dab at a time: this counts how many go together. */

/** @param {(kind: string, data: number[]) => Promise<unknown>} input reaches the run, and resolves when the run has had it */
export function strokes(input) {
  /** @type {number[]} */
  let done = [];
  /** @type {number[]} */
  let undone = [];
  let open = false;
  /** Dabs that the run has yet to have. */
  let underWay = 0;
  /** Whether the picture has them all. */
  let shown = true;
  const stack = (/** @type {'undo' | 'redo'} */ what) => (what === 'undo' ? done : undone);

  /** @param {string} kind @param {number[]} data */
  async function send(kind, data) {
    underWay++;
    shown = false;
    await input(kind, data);
    underWay--;
  }

  const self = {
    /** One dab. @param {string} kind @param {number[]} data */
    edit(kind, data) {
      undone = [];
      if (open) done[done.length - 1]++;
      else done.push(1);
      open = true;
      send(kind, data);
    },
    /** The next dab begins another stroke. */
    lift() {
      open = false;
    },
    /** Takes a whole stroke back or does it once more; one dab where it is not known how many it had. @param {'undo' | 'redo'} what */
    again(what) {
      open = false;
      const count = stack(what).pop();
      if (count !== undefined) stack(what === 'undo' ? 'redo' : 'undo').push(count);
      for (let dabs = count ?? 1; dabs > 0; dabs--) send(what, []);
    },
    /** The same by key: where no stroke is known, it is for what was done before. @param {'undo' | 'redo'} what */
    key(what) {
      const known = stack(what).length > 0;
      if (known) self.again(what);
      return known;
    },
    /** A picture of the run is shown: points that no dab changed were changed by something else, a file, another data set. @param {boolean} changed whether it has other points than the last */
    picture(changed) {
      const ours = !shown;
      shown ||= underWay === 0;
      if (!changed || ours) return;
      done = [];
      undone = [];
      open = false;
    },
  };
  return self;
}
