/** An eye on a sphere around the paper: z is up, yaw turns the table, pitch lifts the eye. Pure arithmetic. */

/** @typedef {{ yaw: number, pitch: number }} Orbit */
/** @typedef {[number, number, number]} Vector */

/** How far the eye is from the middle, in units of the paper's spread. */
export const EYE = 6.2;
/** Pixels a unit of length, for each pixel of the picture's shorter side. */
const ZOOM = 0.248;
/** The proportion at which width and height count alike. */
export const ASPECT = 1.42;
/** Never from below the table, nor so far over it that the horizon tips. */
const LOWEST = 0.08;
const HIGHEST = 1.45;

/** @type {Readonly<Orbit>} */
export const FIRST = { yaw: -0.62, pitch: 0.62 };

/** @param {Orbit} orbit @param {number} yaw @param {number} pitch @returns {Orbit} */
export function turn(orbit, yaw, pitch) {
  const round = (orbit.yaw + yaw) % (2 * Math.PI);
  return { yaw: round, pitch: Math.min(HIGHEST, Math.max(LOWEST, orbit.pitch + pitch)) };
}

/** Which way is right, up, and towards the eye. @param {Orbit} orbit @returns {{ right: Vector, up: Vector, back: Vector }} */
export function axes({ yaw, pitch }) {
  const [cy, sy, cp, sp] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
  return { right: [cy, -sy, 0], up: [sy * sp, cy * sp, cp], back: [-sy * cp, -cy * cp, sp] };
}

/** @param {number} width @param {number} height */
export const scaleOf = (width, height) => Math.min(width, height * ASPECT) * ZOOM;

/**
 * Points of space as x, y in pixels and depth towards the eye.
 *
 * @param {Float32Array} points
 * @param {Orbit} orbit
 * @param {number} width
 * @param {number} height
 * @param {Float32Array} out
 */
export function project(points, orbit, width, height, out) {
  const { right, up, back } = axes(orbit);
  const scale = scaleOf(width, height);
  for (let i = 0; i < points.length; i += 3) {
    const [x, y, z] = [points[i], points[i + 1], points[i + 2]];
    const depth = back[0] * x + back[1] * y + back[2] * z;
    const near = (scale * EYE) / (EYE - depth);
    out[i] = width / 2 + near * (right[0] * x + right[1] * y + right[2] * z);
    out[i + 1] = height / 2 - near * (up[0] * x + up[1] * y + up[2] * z);
    out[i + 2] = depth;
  }
}
