/** The stage's picture, layer by layer: field, thin lines, boundary, points, pushes; what did not change is not worked out again. */
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
/** @typedef {{ epsilon: number, norm: 'l2' | 'linf', selected: number, bounded: (unit: number) => boolean }} Settings */

/** @typedef {{ canvas: HTMLCanvasElement, side: number, deviceRatio: number, plane: Plane, palette: Palette }} Sheet */

const ENLARGED = 5;
/** How far above zero an activation counts as on. */
const EDGE = 0.02;
/** What the thin lines may cost of a frame while the network trains. */
const LEVELS_MS = 3;
/** Pushes shorter than this are not worth an arrow. */
const SHORT = 0.02;

export class Picture {
  #scratch = scratch();
  /** @type {ImageData | undefined} */
  #image;
  /** @type {Uint32Array | undefined} */
  #words;
  /** @type {OffscreenCanvas | undefined} */
  #layer;
  #kept = new Kept();
  #took = 0;

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
    const ctx = fit(canvas, side, side, deviceRatio);
    const plane = planeOf(side);
    this.#ground(ctx, canvas, store, view, palette, settings);
    const field = this.#field(store, view, settings);
    if (field) this.#lines(ctx, field, store, view, palette, plane);
    if (view.gradient) directions(ctx, store.tables.gradients.data, plane, palette);
    const chosen = chosenPoint(store, settings.selected);
    if (chosen) ball(ctx, chosen.x, chosen.y, settings.epsilon, settings.norm, plane, palette);
    const sheet = { canvas, side, deviceRatio, plane, palette };
    this.#points(ctx, sheet, store, view, chosen?.row ?? -1);
    if (chosen) {
      descent(ctx, store.tables.path.data, plane, palette);
      arrows(ctx, pushArrows(store, 'all', plane, -1, chosen.row), { ...arrowStyle(store, palette), width: 2.6, head: 9.5 });
      mark(ctx, plane.x(chosen.x), plane.y(chosen.y), markRadius(side, store.count) + 1.8, chosen.cls, chosen.held, palette);
    }
    ctx.lineWidth = 1;
    ctx.strokeStyle = palette.edge;
    ctx.strokeRect(0.5, 0.5, side - 1, side - 1);
  }

  /**
   * The field the view asks for: the classes', or one unit's.
   * @param {Store} store
   * @param {ViewState} view
   * @param {Settings} settings
   * @returns {Field | undefined}
   */
  #field(store, view, settings) {
    return this.#kept.get('field', [store.version, view.unit], () => shownField(store, view.unit, settings.bounded));
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {HTMLCanvasElement} canvas
   * @param {Store} store
   * @param {ViewState} view
   * @param {Palette} palette
   * @param {Settings} settings
   */
  #ground(ctx, canvas, store, view, palette, settings) {
    const { width, height } = canvas;
    const field = this.#field(store, view, settings);
    if (!field || store.present < 2) {
      ctx.fillStyle = palette.sheet;
      ctx.fillRect(0, 0, width, height);
      return;
    }
    const unit = view.unit === null ? undefined : unitOf(store.shape, view.unit);
    const ramp = this.#kept.get('ramp', [palette, view.soft, unit?.kind, unit?.kind === 'class' ? unit.index : -1], () => {
      if (!unit) return classRamp(palette, view.soft);
      return unit.kind === 'class' ? classRamp(palette, view.soft, unit.index) : unitRamp(palette, view.soft);
    });
    if (!this.#image || this.#image.width !== width || this.#image.height !== height) {
      this.#image = new ImageData(width, height);
      this.#words = new Uint32Array(this.#image.data.buffer);
    }
    const { image, words } = { image: this.#image, words: /** @type {Uint32Array} */ (this.#words) };
    this.#kept.get('image', [field, store.version, ramp, image], () => {
      paintField(words, width, height, field, ramp, this.#scratch);
      return image;
    });
    ctx.putImageData(image, 0, 0);
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {Field} field
   * @param {Store} store
   * @param {ViewState} view
   * @param {Palette} palette
   * @param {Plane} plane
   */
  #lines(ctx, field, store, view, palette, plane) {
    if (store.present < 2) return;
    if (view.contours && view.unit === null && (store.settled || this.#quick(store.version))) {
      const thin = this.#kept.get('levels', [field, store.version], () => {
        const start = performance.now();
        const lines = levels(field);
        this.#took = performance.now() - start;
        return lines;
      });
      for (const { cls, lines } of thin) strokeLines(ctx, lines, plane, { colour: palette.classes[cls].fill, width: 1, alpha: 0.3 });
    }
    const lines = this.#kept.get('boundary', [field, store.version], () => boundary(field));
    strokeLines(ctx, lines, plane, { colour: palette.mark, width: 1.9 });
  }

  /**
   * Whether the thin lines can keep up with a run: where they cannot, they wait until it rests. Now and then they are tried again.
   * @param {number} version
   */
  #quick(version) {
    return this.#took < LEVELS_MS || version % 64 === 0;
  }

  /**
   * Marks and arrows, from a layer of their own where the browser has one off screen: they change far less often than the field.
   * @param {CanvasRenderingContext2D} ctx
   * @param {Sheet} sheet
   * @param {Store} store
   * @param {ViewState} view
   * @param {number} except
   */
  #points(ctx, { canvas, side, deviceRatio, plane, palette }, store, view, except) {
    const on = showsArrows(store, view) ? view.arrows : 'none';
    const style = arrowStyle(store, palette);
    const draw = (/** @type {CanvasRenderingContext2D} */ to) => {
      marks(to, store.tables.points.data, plane, markRadius(side, store.count), palette, except);
      const many = pushArrows(store, on, plane, except);
      arrows(to, many, { ...style, ...weightOf(many.length, side) });
    };
    if (typeof OffscreenCanvas === 'undefined') return draw(ctx);
    const layer = (this.#layer ??= new OffscreenCanvas(1, 1));
    this.#kept.get('points', [store.pointsVersion, store.pushVersion, on, style.alpha, palette, canvas.width, canvas.height, except], () => {
      const to = fit(layer, side, side, deviceRatio);
      to.clearRect(0, 0, side, side);
      draw(to);
      return layer;
    });
    ctx.drawImage(layer, 0, 0, side, side);
  }
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
 * Arrows end on the boundary between classes, so they say nothing over one neuron's own field.
 * @param {Store} store
 * @param {ViewState} view
 */
export function showsArrows({ shape }, { arrows: on, unit }) {
  return on !== 'none' && (unit === null || unitOf(shape, unit)?.kind === 'class');
}

/**
 * A few arrows are drawn in full, a crowd finer, so that the boundary stays visible between their heads.
 * @param {number} count
 * @param {number} side
 */
export function weightOf(count, side) {
  const crowd = Math.max(0, Math.min(1, (count * (600 / side) - 50) / 150));
  return { width: 1.35 - 0.35 * crowd, head: 6.5 - 1.7 * crowd };
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
