/** Points of space on a flat canvas: turned by two angles, seen from afar, with no perspective, so that straight stays straight. */

/** @typedef {{ yaw: number, pitch: number }} Orbit radians; at 0, 0 the third axis points up and the first to the right */
/** @typedef {(x: number, y: number, z: number) => [right: number, up: number, near: number]} Turn */

/** Where a figure begins: a little from the side and from above. @returns {Orbit} */
export const orbit = () => ({ yaw: 0.55, pitch: 0.42 });

/** How far one pixel of a drag turns. */
const RADIANS = 0.009;
const STEEPEST = Math.PI / 2;

/**
 * @param {Orbit} at
 * @param {number} dx pixels to the right
 * @param {number} dy pixels down
 * @returns {Orbit}
 */
export function dragged({ yaw, pitch }, dx, dy) {
  return { yaw: yaw + dx * RADIANS, pitch: Math.max(-STEEPEST, Math.min(STEEPEST, pitch + dy * RADIANS)) };
}

/** What an arrow key turns, in the pixels of a drag; nothing for other keys. @param {string} key @returns {[number, number] | undefined} */
export function keyed(key) {
  return /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [-16, 0], ArrowRight: [16, 0], ArrowUp: [0, -16], ArrowDown: [0, 16] })[key];
}

/** @param {Orbit} at @returns {Turn} */
export function turn({ yaw, pitch }) {
  const [c, s, cp, sp] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
  return (x, y, z) => {
    const right = c * x + s * y;
    const away = c * y - s * x;
    return [right, cp * z + sp * away, sp * z - cp * away];
  };
}

/** Corners of the cube [−1, 1]³ and its edges. */
const CORNERS = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => [i & 1 ? 1 : -1, i & 2 ? 1 : -1, i & 4 ? 1 : -1]);
/** @type {[number, number][]} */
export const EDGES = CORNERS.flatMap((_, i) => [1, 2, 4].filter((bit) => !(i & bit)).map((bit) => /** @type {[number, number]} */ ([i, i | bit])));
export { CORNERS };

/**
 * Where the plane a·x + b = 0 cuts the cube [−1, 1]³: the corners of that polygon, in order; none if it passes by.
 * @param {[number, number, number]} a
 * @param {number} b
 * @returns {[number, number, number][]}
 */
export function section(a, b) {
  const side = CORNERS.map(([x, y, z]) => a[0] * x + a[1] * y + a[2] * z + b);
  /** @type {[number, number, number][]} */
  const cuts = EDGES.filter(([i, j]) => side[i] > 0 !== side[j] > 0).map(([i, j]) => {
    const t = side[i] / (side[i] - side[j]);
    return /** @type {[number, number, number]} */ ([0, 1, 2].map((k) => CORNERS[i][k] + t * (CORNERS[j][k] - CORNERS[i][k])));
  });
  if (cuts.length < 3) return [];
  const middle = [0, 1, 2].map((k) => cuts.reduce((sum, p) => sum + p[k], 0) / cuts.length);
  // Round the middle, in the plane itself: its first direction is towards the first cut, its second across.
  const u = [0, 1, 2].map((k) => cuts[0][k] - middle[k]);
  const v = [a[1] * u[2] - a[2] * u[1], a[2] * u[0] - a[0] * u[2], a[0] * u[1] - a[1] * u[0]];
  const size = Math.hypot(...a) || 1;
  const angle = (/** @type {number[]} */ p) => {
    const d = [0, 1, 2].map((k) => p[k] - middle[k]);
    return Math.atan2((d[0] * v[0] + d[1] * v[1] + d[2] * v[2]) / size, d[0] * u[0] + d[1] * u[1] + d[2] * u[2]);
  };
  return cuts.sort((p, q) => angle(p) - angle(q));
}
