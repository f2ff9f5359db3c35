/** The stage's picture on two canvases, field below and points above; what did not change is neither worked out nor painted again. */
import { boundary, lead, levels, strokeLines } from '../../draw/contours.js';
import { enlarge } from '../../draw/enlarge.js';
import { paintField, scratch } from '../../draw/field.js';
import { mark, markRadius, marks } from '../../draw/marks.js';
import { fit, plane as planeOf } from '../../draw/plane.js';
import { arrows, ball, descent, directions } from '../../draw/push.js';
import { classRamp, unitRamp } from '../../draw/ramp.js';
import { unitScale } from '../../draw/thumbnail.js';
import { PUSH, unitOf } from './store.js';

/** @typedef {import('./types.js').Palette} Palette */
/** @typedef {import('./types.js').ViewState} ViewState */
/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('../../draw/field.js').Field} Field */
/** @typedef {import('../../draw/contours.js').Line} Line */
/** @typedef {import('../../draw/plane.js').Plane} Plane */
/** @typedef {import('../../draw/push.js').Segment} Segment */
/** @typedef {{ epsilon: number, norm: 'l2' | 'linf', selected: number }} Settings */

const ENLARGED = 5;
/** How far above zero an activation counts as on. */
const EDGE = 0.02;
/** What the thin lines may cost of a frame while the network trains. */
const LEVELS_MS = 3;
/** Arrows on held-out points, for each pixel of a stage's width. */
const PER_PIXEL = 0.25;
/** Pushes shorter than this are not worth an arrow. */
const SHORT = 0.02;

/** The lower canvas: the field with its lines, new with every frame. */
export class Ground {
  #scratch = scratch();
  /** @type {ImageData | undefined} */
  #image;
  #kept = new Kept();
  #took = 0;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {number} side CSS pixels
   * @param {number} deviceRatio
   * @param {boolean} coarse one pixel a CSS pixel, where the page cannot keep up with more
   * @param {boolean} rough coarse, and without its lines: there is more to come at once
   * @param {Store} store
   * @param {ViewState} view
   * @param {Palette} palette
   * @param {(unit: number) => boolean} bounded
   */
  paint(canvas, side, deviceRatio, coarse, rough, store, view, palette, bounded) {
    const plane = planeOf(side);
    const field = store.present < 2 ? undefined : this.#kept.get('field', [store.netVersion, view.unit], () => shownField(store, view.unit, bounded));
    const thin = Boolean(field) && view.contours && view.unit === null && (store.settled || this.#quick(store.netVersion));
    const around = field && view.gradient && aboutClasses(store, view) ? store.tables.gradients.data : undefined;
    const from = [field, store.netVersion, thin, around, store.count === 0, view.unit, view.soft, palette, side, deviceRatio, coarse, rough];
    this.#kept.get('ground', from, () => {
      const ctx = coarse || rough ? fit(canvas, side, side, 1, 1) : fit(canvas, side, side, deviceRatio);
      if (field) {
        ctx.putImageData(this.#print(canvas, field, store, view, palette), 0, 0);
        if (!rough) this.#lines(ctx, field, store, thin, palette, plane);
      } else {
        ctx.fillStyle = palette.sheet;
        ctx.fillRect(0, 0, side, side);
      }
      if (around) directions(ctx, around, plane, palette);
      // An empty stage has a dashed border of its own.
      if (store.count === 0) return true;
      ctx.lineWidth = 1;
      ctx.strokeStyle = palette.edge;
      ctx.strokeRect(0.5, 0.5, side - 1, side - 1);
      return true;
    });
  }

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Field} field
   * @param {Store} store
   * @param {ViewState} view
   * @param {Palette} palette
   */
  #print({ width, height }, field, store, view, palette) {
    const unit = view.unit === null ? undefined : unitOf(store.shape, view.unit);
    const ramp = this.#kept.get('ramp', [palette, view.soft, unit?.kind, unit?.kind === 'class' ? unit.index : -1], () => {
      if (!unit) return classRamp(palette, view.soft);
      return unit.kind === 'class' ? classRamp(palette, view.soft, unit.index) : unitRamp(palette, view.soft);
    });
    if (this.#image?.width !== width || this.#image.height !== height) this.#image = new ImageData(width, height);
    const image = this.#image;
    return this.#kept.get('image', [field, store.netVersion, ramp, image], () => {
      paintField(new Uint32Array(image.data.buffer), width, height, field, ramp, this.#scratch);
      return image;
    });
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {Field} field
   * @param {Store} store
   * @param {boolean} thin whether the levels are drawn, too
   * @param {Palette} palette
   * @param {Plane} plane
   */
  #lines(ctx, field, store, thin, palette, plane) {
    if (thin) {
      const all = this.#kept.get('levels', [field, store.netVersion], () => {
        const start = performance.now();
        const lines = levels(field);
        this.#took = performance.now() - start;
        return lines;
      });
      for (const { cls, lines } of all) strokeLines(ctx, lines, plane, { colour: palette.classes[cls].fill, width: 1, alpha: 0.3 });
    }
    const lines = this.#kept.get('boundary', [field, store.netVersion], () => boundary(field));
    strokeLines(ctx, lines, plane, { colour: palette.mark, width: 1.9 });
  }

  /**
   * Whether the thin lines can keep up with a run: where they cannot, they wait until it rests. Now and then they are tried again.
   * @param {number} version
   */
  #quick(version) {
    return version > 1 && (this.#took < LEVELS_MS || version % 64 === 0); // the very first picture has enough to do
  }
}

/** The upper canvas: points and pushes. It is painted only when one of them changed, which they do far less often than the field. */
export class Points {
  #kept = new Kept();

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {number} side CSS pixels
   * @param {number} deviceRatio
   * @param {Store} store
   * @param {ViewState} view
   * @param {Palette} palette
   * @param {Settings} settings
   */
  paint(canvas, side, deviceRatio, store, view, palette, settings) {
    const { epsilon, norm, selected } = settings;
    const on = aboutClasses(store, view) ? view.arrows : 'none';
    const style = arrowStyle(store, palette);
    const from = [store.pointsVersion, store.pushVersion, store.pathVersion, on, style.alpha, palette, side, deviceRatio, epsilon, norm, selected];
    this.#kept.get('points', from, () => {
      const ctx = fit(canvas, side, side, deviceRatio);
      ctx.clearRect(0, 0, side, side);
      draw(ctx, planeOf(side), store, on, style, palette, settings);
      return true;
    });
  }
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Plane} plane
 * @param {Store} store
 * @param {import('./types.js').ArrowsOn} on
 * @param {ReturnType<typeof arrowStyle>} style
 * @param {Palette} palette
 * @param {Settings} settings
 */
function draw(ctx, plane, store, on, style, palette, { epsilon, norm, selected }) {
  const chosen = chosenPoint(store, selected);
  const row = chosen?.row ?? -1;
  const r = markRadius(plane.width, store.count);
  if (chosen) ball(ctx, chosen.x, chosen.y, epsilon, norm, plane, palette);
  marks(ctx, store.tables.points.data, plane, r, palette, row);
  const all = pushArrows(store, on, plane, row);
  const many = on === 'held' ? thinned(all, plane.width * PER_PIXEL) : all;
  // Beside the chosen point's own arrow the others step back.
  arrows(ctx, many, { ...style, ...weightOf(many.length, plane.width), alpha: chosen ? style.alpha * 0.45 : style.alpha });
  if (!chosen) return;
  descent(ctx, store.tables.path.data, plane, palette);
  arrows(ctx, pushArrows(store, 'all', plane, -1, row), { ...style, width: 2.6, head: 9.5 });
  mark(ctx, plane.x(chosen.x), plane.y(chosen.y), r + 1.8, chosen.cls, chosen.held, palette);
}

/** What was worked out last, by name, for as long as what it was worked out from stays the same. */
class Kept {
  /** @type {Map<string, { from: unknown[], value: any }>} */
  #values = new Map();

  /**
   * @template T
   * @param {string} name
   * @param {unknown[]} from
   * @param {() => T} make
   * @returns {T}
   */
  get(name, from, make) {
    const last = this.#values.get(name);
    if (last && last.from.every((v, i) => v === from[i])) return last.value;
    const value = make();
    this.#values.set(name, { from, value });
    return value;
  }
}

/**
 * @param {Store} store
 * @param {number | null} row
 * @param {(unit: number) => boolean} bounded
 * @returns {Field | undefined}
 */
function shownField(store, row, bounded) {
  const unit = row === null ? undefined : unitOf(store.shape, row);
  if (row === null || !unit || !store.field) return store.field;
  if (unit.kind === 'class') {
    if (store.field.layers > 1) return { values: lead(store.field, unit.index), layers: 1, side: store.field.side };
    const sign = unit.index === 1 ? 1 : -1;
    return { values: store.field.values.map((v) => sign * v), layers: 1, side: store.field.side };
  }
  const grid = store.unitGrid(row);
  const scale = unitScale(grid, bounded(row));
  // A unit that is never negative has its edge where it leaves zero, and the cubic between its cells must not undercut that.
  const positive = grid.every((v) => v >= 0);
  const values = enlarge(grid, store.unitSide, ENLARGED).map((v) => (positive ? Math.max(0, v) * scale - EDGE : v * scale));
  return { values, layers: 1, side: store.unitSide * ENLARGED };
}

/**
 * Arrows measured at an earlier step than the field beneath them are drawn fainter.
 * @param {Store} store
 * @param {Palette} palette
 */
const arrowStyle = ({ measured, step }, palette) => ({ colour: palette.mark, halo: palette.fieldMid, alpha: measured === step ? 1 : 0.55 });

/**
 * Arrows and gradients are about the answer: over one neuron's own field they would say nothing.
 * @param {Store} store
 * @param {ViewState} view
 */
export function aboutClasses({ shape }, { unit }) {
  return unit === null || unitOf(shape, unit)?.kind === 'class';
}

/**
 * A few arrows are drawn in full, a crowd finer, so that the boundary stays visible between their heads.
 * @param {number} count
 * @param {number} side
 */
export function weightOf(count, side) {
  const crowd = Math.max(0, Math.min(1, (count * (600 / side) - 50) / 150));
  return { width: 1.35 - 0.35 * crowd, head: 6.5 - 1.7 * crowd, rim: 1.6 - 0.6 * crowd };
}

/**
 * Evenly few of many: on a small stage every arrow would hide the boundary they lead to. The same ones from frame to frame.
 * @template T
 * @param {T[]} many
 * @param {number} most
 */
export function thinned(many, most) {
  const every = many.length / Math.max(1, most);
  return every <= 1 ? many : many.filter((_, i) => Math.floor(i / every) !== Math.floor((i - 1) / every));
}

/**
 * @param {Store} store
 * @param {number} row
 */
export function chosenPoint({ tables: { points } }, row) {
  if (!(row >= 0 && row < points.rows)) return undefined;
  const [x, y, cls, held] = points.data.subarray(4 * row, 4 * row + 4);
  return { row, x, y, cls, held: held > 0.5 };
}

/**
 * The smallest pushes that were found, as arrows in pixels.
 * @param {Store} store
 * @param {import('./types.js').ArrowsOn} on
 * @param {Plane} plane
 * @param {number} except
 * @param {number} [only]
 * @returns {Segment[]}
 */
export function pushArrows({ tables: { points, push } }, on, plane, except, only) {
  /** @type {Segment[]} */
  const out = [];
  if (on === 'none') return out;
  for (let i = 0; i < Math.min(points.rows, push.rows); i++) {
    if (i === except || (only !== undefined && i !== only)) continue;
    const [x, y, , held] = points.data.subarray(4 * i, 4 * i + 4);
    const [px, py, size, status] = push.data.subarray(4 * i, 4 * i + 4);
    if (status !== PUSH.found || (only === undefined && size < SHORT) || (on === 'held' && held < 0.5)) continue;
    out.push([plane.x(x), plane.y(y), plane.x(px), plane.y(py)]);
  }
  return out;
}
