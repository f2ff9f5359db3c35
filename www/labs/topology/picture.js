/** The stage's pictures: the plane with its field, outlines and points, or space with its points; over it the witness and its corridor. */
import { boundary, strokeLines } from '../../draw/contours.js';
import { paintField, scratch } from '../../draw/field.js';
import { mark, outline } from '../../draw/marks.js';
import { turn } from '../../draw/orbit.js';
import { fit, plane as planeOf } from '../../draw/plane.js';
import { classRamp } from '../../draw/ramp.js';
import { ringed } from '../../draw/ring.js';

/** @typedef {import('./types.js').Palette} Palette */
/** @typedef {import('./types.js').ViewState} ViewState */
/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('../../draw/plane.js').Plane} Plane */

/** Space is drawn a little smaller, so that it can be turned without leaving the frame. */
const SHRINK = 0.88;

/** The answer over the plane, with its boundary. */
export class Ground {
  #scratch = scratch();
  /** @type {ImageData | undefined} */
  #image;
  /** @type {{ palette: Palette, ramp: import('../../draw/ramp.js').Ramp } | undefined} */
  #ramp;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {number} side
   * @param {number} ratio
   * @param {Store} store
   * @param {Palette} palette
   */
  paint(canvas, side, ratio, store, palette) {
    const ctx = fit(canvas, side, side, ratio);
    if (store.field) {
      const { width, height } = canvas;
      if (this.#image?.width !== width || this.#image.height !== height) this.#image = new ImageData(width, height);
      if (this.#ramp?.palette !== palette) this.#ramp = { palette, ramp: classRamp(palette, false) };
      paintField(new Uint32Array(this.#image.data.buffer), width, height, store.field, this.#ramp.ramp, this.#scratch);
      ctx.putImageData(this.#image, 0, 0);
      strokeLines(ctx, boundary(store.field), planeOf(side), { colour: palette.mark, width: 1.9 });
    } else {
      ctx.fillStyle = palette.sheet;
      ctx.fillRect(0, 0, side, side);
    }
    ctx.lineWidth = 1;
    ctx.strokeStyle = palette.edge;
    ctx.strokeRect(0.5, 0.5, side - 1, side - 1);
  }
}

/**
 * Outlines of the sets and the points trained on.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} side
 * @param {Store} store
 * @param {Palette} palette
 */
export function flatPoints(ctx, side, store, palette) {
  const plane = planeOf(side);
  const { data, rows } = store.tables.points;
  const r = radius(side, rows);
  for (const cls of [0, 1]) {
    ctx.beginPath();
    for (let i = 0; i < data.length; i += 4) if (data[i + 3] === cls) outline(ctx, cls, plane.x(data[i]), plane.y(data[i + 1]), r);
    inked(ctx, palette.classes[cls].fill, palette.markEdge);
  }
  for (const { cls, line } of store.outlines()) {
    strokeLines(ctx, [line], plane, { colour: palette.fieldMid, width: 3.2, alpha: 0.75 });
    strokeLines(ctx, [line], plane, { colour: palette.classes[cls].ink, width: 1.5 });
  }
}

/**
 * The points of space, the far ones first and smaller.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} side
 * @param {Store} store
 * @param {ViewState} view
 * @param {Palette} palette
 */
export function spacePoints(ctx, side, store, view, palette) {
  const place = spacePlace(side, view);
  const { data, rows } = store.tables.points;
  const all = Array.from({ length: rows }, (_, i) => ({ at: place(data[4 * i], data[4 * i + 1], data[4 * i + 2]), cls: data[4 * i + 3] })).sort((a, b) => a.at[2] - b.at[2]);
  const r = radius(side, rows) * 1.25;
  for (const { at, cls } of all) mark(ctx, at[0], at[1], r * (1 + 0.25 * at[2]), cls, false, palette);
}

/** @param {number} side @param {ViewState} view @returns {(x: number, y: number, z: number) => [number, number, number]} */
function spacePlace(side, view) {
  const turned = turn(view.space);
  const unit = (side / 2) * SHRINK;
  return (x, y, z) => {
    const [right, up, near] = turned(x, y, z);
    return [side / 2 + right * unit, side / 2 - up * unit, near];
  };
}

/**
 * The way out and the witness on it.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} side
 * @param {Store} store
 * @param {ViewState} view
 * @param {Palette} palette
 * @param {string} word
 */
export function accused(ctx, side, store, view, palette, word) {
  const { witness, theorem, tables } = store;
  if (!witness) return;
  const plane = planeOf(side);
  // Measured at an earlier step than the field beneath it, it is drawn fainter.
  ctx.globalAlpha = store.measured === store.step ? 1 : 0.65;
  if (theorem.must && tables.corridor.rows > 1) {
    const way = [Array.from(tables.corridor.data)];
    strokeLines(ctx, way, plane, { colour: palette.fieldMid, width: 6, alpha: ctx.globalAlpha });
    ctx.setLineDash([1, 7]);
    strokeLines(ctx, way, plane, { colour: palette.accent, width: 3.4 });
    ctx.setLineDash([]);
  }
  const [x, y] = store.inSpace ? spacePlace(side, view)(witness.x, witness.y, witness.z) : [plane.x(witness.x), plane.y(witness.y)];
  const colour = theorem.must ? palette.accent : palette.ink2;
  ringed(ctx, x, y, word, { colour, halo: palette.paper, sans: palette.sans, width: side });
  ctx.globalAlpha = 1;
}

/**
 * Curves being drawn or changed, with their control points.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} side
 * @param {{ curves: number[][], open: boolean[], handles: boolean, chosen: number }} what
 * @param {Palette} palette
 */
export function sketch(ctx, side, { curves, open, handles, chosen }, palette) {
  const plane = planeOf(side);
  let index = 0;
  curves.forEach((curve, cls) => {
    const line = open[cls] ? curve : [...curve, ...curve.slice(0, 2)];
    strokeLines(ctx, [line], plane, { colour: palette.paper, width: 6 });
    ctx.setLineDash(handles ? [4, 4] : []);
    strokeLines(ctx, [line], plane, { colour: palette.classes[cls].fill, width: 2.6 });
    ctx.setLineDash([]);
    for (let i = 0; handles && i < curve.length; i += 2, index++) {
      const [x, y] = [plane.x(curve[i]), plane.y(curve[i + 1])];
      const now = index === chosen;
      ctx.beginPath();
      ctx.arc(x, y, now ? 8 : 5.5, 0, 2 * Math.PI);
      ctx.fillStyle = now ? palette.accent : palette.classes[cls].fill;
      ctx.strokeStyle = palette.paper;
      ctx.lineWidth = 2;
      ctx.fill();
      ctx.stroke();
    }
  });
}

/** @param {CanvasRenderingContext2D} ctx @param {string} fill @param {string} edge */
function inked(ctx, fill, edge) {
  ctx.strokeStyle = edge;
  ctx.lineWidth = 1.5;
  ctx.stroke();
  ctx.fillStyle = fill;
  ctx.fill();
}

/** Small marks, so that the field shows between a thousand of them. @param {number} side @param {number} count */
export function radius(side, count) {
  return Math.max(1.3, Math.min(3.4, (side / 170) * Math.sqrt(700 / Math.max(200, count))));
}
