/** A parallel view of the space, fixed while the layers are scrubbed: turned by yaw and pitch, so many units wide. */

/** @typedef {{ yaw: number, pitch: number, reach: number, side: number }} Camera `side` in pixels, `reach` half of it in units */

/** @param {Camera} camera */
function basis({ yaw, pitch }) {
  const [cy, sy, cp, sp] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
  return { right: [cy, 0, -sy], up: [sp * sy, cp, sp * cy], toward: [cp * sy, -sp, cp * cy] };
}

/**
 * Pixels and depth (larger is nearer) of places in space.
 * @param {Float32Array} places rows × 3
 * @param {Camera} camera
 * @param {Float32Array} [out]
 */
export function project(places, camera, out) {
  const { right, up, toward } = basis(camera);
  const scale = camera.side / 2 / camera.reach;
  const pixels = out?.length === places.length ? out : new Float32Array(places.length);
  for (let i = 0; i < places.length; i += 3) {
    const [x, y, z] = [places[i], places[i + 1], places[i + 2]];
    pixels[i] = camera.side / 2 + scale * (right[0] * x + right[1] * y + right[2] * z);
    pixels[i + 1] = camera.side / 2 - scale * (up[0] * x + up[1] * y + up[2] * z);
    pixels[i + 2] = toward[0] * x + toward[1] * y + toward[2] * z;
  }
  return pixels;
}

/** The direction in which the eye lies. @param {Camera} camera */
export const toward = (camera) => basis(camera).toward;

const STEEPEST = Math.PI / 2;

/**
 * The camera turned by a drag of so many pixels.
 * @param {{ yaw: number, pitch: number }} camera
 * @param {number} dx
 * @param {number} dy
 */
export function turned({ yaw, pitch }, dx, dy) {
  const once = (/** @type {number} */ angle) => ((angle + Math.PI) % (2 * Math.PI) + 2 * Math.PI) % (2 * Math.PI) - Math.PI;
  return { yaw: once(yaw - dx * 0.01), pitch: Math.max(-STEEPEST, Math.min(STEEPEST, pitch - dy * 0.01)) };
}
