/** Closed curves as flat lists x, y, x, y…: thinned evenly, searched, moved. Pure. */

/** @typedef {[number, number]} Place */

/**
 * A curve drawn by hand as few corners, evenly spaced along the way round.
 * @param {number[]} stroke
 * @param {number} most
 */
export function even(stroke, most) {
  const n = stroke.length / 2;
  if (n < 3) return stroke;
  const at = (/** @type {number} */ i) => /** @type {Place} */ ([stroke[2 * (i % n)], stroke[2 * (i % n) + 1]]);
  const way = [0];
  for (let i = 0; i < n; i++) {
    const [a, b] = [at(i), at(i + 1)];
    way.push(way[i] + Math.hypot(b[0] - a[0], b[1] - a[1]));
  }
  const count = Math.max(3, Math.min(most, Math.round(way[n] / 0.08)));
  const out = [];
  let i = 0;
  for (let k = 0; k < count; k++) {
    const along = (way[n] * k) / count;
    while (i < n - 1 && way[i + 1] < along) i++;
    const share = way[i + 1] > way[i] ? (along - way[i]) / (way[i + 1] - way[i]) : 0;
    const [a, b] = [at(i), at(i + 1)];
    out.push(a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]));
  }
  return out;
}

/**
 * Which control point is nearest to a place, counted over both curves; −1 when none is within reach.
 * @param {[number[], number[]]} curves
 * @param {Place} place
 * @param {number} within
 */
export function nearest(curves, [x, y], within) {
  const all = curves.flat();
  let best = -1;
  let least = within;
  for (let i = 0; i < all.length; i += 2) {
    const d = Math.hypot(all[i] - x, all[i + 1] - y);
    if (d <= least) [best, least] = [i / 2, d];
  }
  return best;
}

/**
 * The curves with one point of them moved.
 * @param {[number[], number[]]} curves
 * @param {number} point counted over both
 * @param {(from: Place) => Place} to
 * @returns {[number[], number[]]}
 */
export function moved(curves, point, to) {
  const first = curves[0].length / 2;
  const [which, index] = point < first ? [0, point] : [1, point - first];
  const clamp = (/** @type {number} */ v) => Math.max(-0.94, Math.min(0.94, v));
  return /** @type {[number[], number[]]} */ (
    curves.map((curve, k) => {
      if (k !== which) return curve;
      const [x, y] = to([curve[2 * index], curve[2 * index + 1]]).map(clamp);
      return curve.with(2 * index, x).with(2 * index + 1, y);
    })
  );
}
