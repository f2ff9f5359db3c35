/** What labs of the plane make of their channels; `points` has rows of x, y, class, held out. */

/** How many different classes there are. @param {Float32Array} data */
export function classesIn(data) {
  const seen = new Set();
  for (let i = 2; i < data.length; i += 4) seen.add(data[i]);
  return seen.size;
}

/** Whether two channels hold the same numbers; no number is one of them. @param {Float32Array} a @param {Float32Array} b */
export function same(a, b) {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i] && !(Number.isNaN(a[i]) && Number.isNaN(b[i]))) return false;
  return true;
}
