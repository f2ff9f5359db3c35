/** A lab's knobs by group, in the order the lab declares them, and which groups share a column where there are four. */

/** @typedef {import('../worker/protocol.js').Knob} Knob */
/** @typedef {{ id: string, knobs: Knob[] }} Group */

const COLUMNS = 4;

/**
 * @param {Knob[]} knobs
 * @returns {Group[][]} columns of groups; what comes after the fourth stands under it
 */
export function columns(knobs) {
  const ids = [...new Set(knobs.map(({ group }) => group))];
  /** @type {Group[][]} */
  const found = [];
  for (const id of ids) {
    const group = { id, knobs: knobs.filter((knob) => knob.group === id) };
    if (found.length < COLUMNS) found.push([group]);
    else found[COLUMNS - 1].push(group);
  }
  return found;
}
