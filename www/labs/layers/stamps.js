/** The marks of the points, each drawn once and then printed: some hundreds of them a frame cost less that way. */
import { mark } from '../../draw/marks.js';
import { ratioFor } from '../../draw/plane.js';

/** @typedef {import('./types.js').Palette} Palette */

/** Room around a mark for its corners and its edge, in radii and pixels. */
const ROOM = 1.3;
const EDGE = 2;

export class Stamps {
  /** @type {Map<number, OffscreenCanvas>} */
  #made = new Map();
  /** What they were made for. @type {unknown[]} */
  #from = [];

  /**
   * @param {CanvasRenderingContext2D} g
   * @param {number} x
   * @param {number} y
   * @param {number} cls
   * @param {boolean} hollow
   */
  print(g, x, y, cls, hollow) {
    const [r, palette, ratio] = /** @type {[number, Palette, number]} */ (this.#from);
    const key = 2 * cls + Number(hollow);
    const half = r * ROOM + EDGE;
    let stamp = this.#made.get(key);
    if (!stamp) {
      const side = Math.ceil(2 * half * ratio);
      stamp = new OffscreenCanvas(side, side);
      // An OffscreenCanvas context has every method used here; only its type is separate.
      const ctx = /** @type {CanvasRenderingContext2D} */ (/** @type {unknown} */ (stamp.getContext('2d')));
      ctx.scale(ratio, ratio);
      mark(ctx, half, half, r, cls, hollow, palette);
      this.#made.set(key, stamp);
    }
    g.drawImage(stamp, x - half, y - half, stamp.width / ratio, stamp.height / ratio);
  }

  /** Marks of radius r in these colours, for a canvas of so many CSS pixels. @param {number} r @param {Palette} palette @param {number} side */
  use(r, palette, side) {
    const from = [r, palette, ratioFor(side, devicePixelRatio)];
    if (from.every((v, i) => v === this.#from[i])) return;
    this.#from = from;
    this.#made.clear();
  }
}
