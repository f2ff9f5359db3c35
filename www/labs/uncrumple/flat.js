/** The scene on a 2-D canvas, facet by facet from back to front: where there is no WebGL, and for the small prints. */
import { mix } from '../../draw/palette.js';
import { axes, project } from './camera.js';
import { LAMP } from './colours.js';
import { between } from './sheet.js';

/** @typedef {import('./types.js').Scene} Scene */
/** @typedef {import('./types.js').Orbit} Orbit */
/** @typedef {import('./colours.js').Colours} Colours */
/** @typedef {import('../../draw/palette.js').Rgb} Rgb */

/** @param {Rgb} colour */
const css = ([r, g, b]) => `rgb(${Math.round(r)} ${Math.round(g)} ${Math.round(b)})`;

/** Buffers of one canvas, used again from picture to picture. */
export class FlatPainter {
  #at = new Float32Array(0);
  #seen = new Float32Array(0);
  #normals = new Float32Array(0);

  /**
   * @param {CanvasRenderingContext2D} ctx in CSS pixels
   * @param {Scene} scene
   * @param {Orbit} orbit
   * @param {Colours} colours
   * @param {number} width
   * @param {number} height
   * @param {{ facets: number, photo?: Uint8ClampedArray | null }} how `facets` along an edge of a sheet, at most; `photo`: 32 × 32 pixels
   */
  paint(ctx, scene, orbit, colours, width, height, { facets, photo }) {
    const { from, to, t } = scene;
    if (this.#at.length !== from.at.length) {
      [this.#at, this.#seen, this.#normals] = [0, 1, 2].map(() => new Float32Array(from.at.length));
    }
    between(from.at, to.at, t, this.#at);
    between(from.normals, to.normals, t, this.#normals);
    project(this.#at, orbit, width, height, this.#seen);
    ctx.clearRect(0, 0, width, height);
    this.#shadow(ctx, scene, orbit, colours, width, height, facets);
    const { back } = axes(orbit);
    ctx.lineJoin = 'round';
    ctx.lineWidth = 0.7;
    for (const { corners, sheet, u, v, odd } of this.#facets(scene.side, facets)) {
      const colour = this.#shade(corners, sheet, colours, back, photo ? print(photo, u, v) : undefined, odd);
      ctx.fillStyle = ctx.strokeStyle = css(colour);
      this.#trace(ctx, this.#seen, corners);
      ctx.fill();
      ctx.stroke();
    }
    if (scene.points) this.#points(ctx, scene, orbit, colours, width, height);
  }

  /** @param {CanvasRenderingContext2D} ctx @param {Float32Array} seen @param {number[]} corners */
  #trace(ctx, seen, corners) {
    ctx.beginPath();
    corners.forEach((k, n) => (n ? ctx.lineTo(seen[3 * k], seen[3 * k + 1]) : ctx.moveTo(seen[3 * k], seen[3 * k + 1])));
    ctx.closePath();
  }

  /** Facets from the furthest to the nearest. @param {number} side @param {number} facets */
  #facets(side, facets) {
    const stride = Math.max(1, Math.ceil((side - 1) / facets));
    const all = [];
    for (let sheet = 0; sheet < 2; sheet++) {
      for (let j = 0, nj = 0; j + 1 < side; j += stride, nj++) {
        for (let i = 0, ni = 0; i + 1 < side; i += stride, ni++) {
          const [i1, j1] = [Math.min(side - 1, i + stride), Math.min(side - 1, j + stride)];
          const vertex = (/** @type {number} */ x, /** @type {number} */ y) => sheet * side * side + y * side + x;
          const corners = [vertex(i, j), vertex(i1, j), vertex(i1, j1), vertex(i, j1)];
          const depth = corners.reduce((sum, k) => sum + this.#seen[3 * k + 2], 0);
          all.push({ corners, sheet, u: i / (side - 1), v: j / (side - 1), odd: (ni + nj) % 2 === 1, depth });
        }
      }
    }
    return all.sort((a, b) => a.depth - b.depth);
  }

  /**
   * @param {number[]} corners
   * @param {number} sheet
   * @param {Colours} colours
   * @param {number[]} back
   * @param {Rgb | undefined} printed
   * @param {boolean} odd
   * @returns {Rgb}
   */
  #shade(corners, sheet, colours, back, printed, odd) {
    const n = this.#normals;
    const normal = [0, 1, 2].map((k) => corners.reduce((sum, c) => sum + n[3 * c + k], 0) / 4);
    const facing = normal[0] * back[0] + normal[1] * back[1] + normal[2] * back[2] < 0 ? -1 : 1;
    const lamp = facing * (normal[0] * LAMP[0] + normal[1] * LAMP[1] + normal[2] * LAMP[2]);
    const { ambient, sky, sun } = colours.light;
    const light = ambient + sky * (0.5 + 0.5 * facing * normal[2]) + sun * Math.max(0, lamp) + 0.15 * Math.max(0, -lamp);
    const paper = printed ?? (odd ? mix(colours.paper[sheet], colours.ink[sheet], 0.12) : colours.paper[sheet]);
    return mix([0, 0, 0], paper, Math.min(1.05, light));
  }

  /** What the lamp leaves dark on the table: the facets once more, put down along its rays. @param {CanvasRenderingContext2D} ctx @param {Scene} scene @param {Orbit} orbit @param {Colours} colours @param {number} width @param {number} height @param {number} facets */
  #shadow(ctx, scene, orbit, colours, width, height, facets) {
    const down = new Float32Array(this.#at.length);
    for (let i = 0; i < down.length; i += 3) {
      const fall = (this.#at[i + 2] - scene.floor) / LAMP[2];
      down[i] = this.#at[i] - fall * LAMP[0];
      down[i + 1] = this.#at[i + 1] - fall * LAMP[1];
      down[i + 2] = scene.floor;
    }
    project(down, orbit, width, height, down);
    ctx.fillStyle = ctx.strokeStyle = css(mix(colours.ground, [0, 0, 0], colours.dark ? 0.4 : 0.12));
    ctx.lineWidth = 0.7;
    // One facet after the other: as one path of many crossings it takes a hundred times as long.
    for (const { corners } of this.#facets(scene.side, Math.min(facets, 14))) {
      this.#trace(ctx, down, corners);
      ctx.fill();
      ctx.stroke();
    }
  }

  /** @param {CanvasRenderingContext2D} ctx @param {Scene} scene @param {Orbit} orbit @param {Colours} colours @param {number} width @param {number} height */
  #points(ctx, { pointsFrom, pointsTo, t, answers }, orbit, colours, width, height) {
    const at = between(pointsFrom, pointsTo, t, new Float32Array(pointsFrom.length));
    project(at, orbit, width, height, at);
    for (let k = 0; k < 2; k++) {
      ctx.fillStyle = css(colours.marks[k]);
      for (let i = 0; i < at.length / 3; i++) {
        if (answers[2 * i] === k) ctx.fillRect(at[3 * i] - 0.8, at[3 * i + 1] - 0.8, 1.6, 1.6);
      }
    }
  }
}

/** A pixel of a small photo. @param {Uint8ClampedArray} photo @param {number} u @param {number} v @returns {Rgb} */
function print(photo, u, v) {
  const side = Math.sqrt(photo.length / 4);
  const k = 4 * (Math.min(side - 1, Math.floor((1 - v) * side)) * side + Math.min(side - 1, Math.floor(u * side)));
  return [photo[k], photo[k + 1], photo[k + 2]];
}
