/** A small line chart: hairline grid, ticks at the edges, curves, a cursor, and labels written on the curves instead of in a legend. */
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';

/** @typedef {import('./palette.js').Palette} Palette */
/** @typedef {import('./plane.js').Scale} Scale */
/** @typedef {{ left: number, right: number, top: number, bottom: number }} Box */
/** @typedef {{ x: Scale, y: Scale, box: Box, width: number, height: number }} Axes `box` is the plotting area in pixels */
/**
 * @typedef {object} AxesSpec
 * @property {[number, number]} x
 * @property {[number, number]} y
 * @property {number[]} xTicks
 * @property {number[]} yTicks
 * @property {(v: number) => string} xFormat
 * @property {(v: number) => string} yFormat
 * @property {string} [xLabel]
 * @property {string} [yLabel]
 * @property {Partial<Box>} [margin]
 */
/** @typedef {{ x: ArrayLike<number>, y: ArrayLike<number> }} Series */
/** @typedef {{ colour: string, width: number, dash?: number[], fill?: boolean }} CurveStyle */

const SIZE = 13;

/** @param {Palette} palette @param {number} [weight] */
const font = (palette, weight = 400) => `${weight} ${SIZE}px ${palette.sans}`;

/**
 * Draws the frame of a chart and returns its scales.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} width
 * @param {number} height
 * @param {AxesSpec} spec
 * @param {Palette} palette
 * @returns {Axes}
 */
export function axes(ctx, width, height, spec, palette) {
  ctx.font = font(palette);
  const margin = {
    left: Math.ceil(Math.max(0, ...spec.yTicks.map((v) => ctx.measureText(spec.yFormat(v)).width))) + 9,
    right: 12,
    top: spec.yLabel ? 26 : 12,
    bottom: spec.xLabel ? 42 : 24,
    ...spec.margin,
  };
  const box = { left: margin.left, right: width - margin.right, top: margin.top, bottom: height - margin.bottom };
  const x = scaleLinear(spec.x, [box.left, box.right]);
  const y = scaleLinear(spec.y, [box.bottom, box.top]);
  ctx.lineWidth = 1;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'right';
  for (const tick of spec.yTicks) {
    const at = Math.round(y(tick)) + 0.5;
    stroke(ctx, palette.rule, box.left, at, box.right, at);
    ctx.fillStyle = palette.ink3;
    ctx.fillText(spec.yFormat(tick), box.left - 7, y(tick));
  }
  ctx.textBaseline = 'top';
  for (const tick of spec.xTicks) {
    const at = Math.round(x(tick)) + 0.5;
    stroke(ctx, palette.edge, at, box.bottom, at, box.bottom + 4);
    const text = spec.xFormat(tick);
    const room = ctx.measureText(text).width / 2;
    ctx.textAlign = 'left';
    ctx.fillStyle = palette.ink3;
    ctx.fillText(text, Math.min(x(tick) - room, width - 2 * room), box.bottom + 7);
  }
  ctx.fillStyle = palette.ink2;
  if (spec.yLabel) {
    ctx.textAlign = 'left';
    ctx.fillText(spec.yLabel, 0, 0);
  }
  if (spec.xLabel) {
    ctx.textAlign = 'center';
    ctx.textBaseline = 'bottom';
    ctx.fillText(spec.xLabel, (box.left + box.right) / 2, height);
  }
  return { x, y, box, width, height };
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} colour
 * @param {number} x0
 * @param {number} y0
 * @param {number} x1
 * @param {number} y1
 */
function stroke(ctx, colour, x0, y0, x1, y1) {
  ctx.beginPath();
  ctx.moveTo(x0, y0);
  ctx.lineTo(x1, y1);
  ctx.strokeStyle = colour;
  ctx.stroke();
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Series} series points with a NaN are left out and break the line
 * @param {Axes} axes
 * @param {CurveStyle} style
 */
export function curve(ctx, series, axes, style) {
  const rows = Array.from(series.x, (x, i) => /** @type {[number, number]} */ ([axes.x(x), axes.y(series.y[i])]));
  const path = line().defined(([x, y]) => Number.isFinite(x) && Number.isFinite(y)).context(ctx);
  ctx.save();
  ctx.beginPath();
  ctx.rect(axes.box.left, axes.box.top - 3, axes.box.right - axes.box.left + 3, axes.box.bottom - axes.box.top + 5);
  ctx.clip();
  if (style.fill && rows.length > 1) {
    ctx.beginPath();
    path(rows);
    ctx.lineTo(rows[rows.length - 1][0], axes.box.bottom);
    ctx.lineTo(rows[0][0], axes.box.bottom);
    ctx.globalAlpha = 0.18;
    ctx.fillStyle = style.colour;
    ctx.fill();
    ctx.globalAlpha = 1;
  }
  ctx.beginPath();
  path(rows);
  ctx.setLineDash(style.dash ?? []);
  ctx.lineJoin = 'round';
  ctx.strokeStyle = style.colour;
  ctx.lineWidth = style.width;
  ctx.stroke();
  ctx.restore();
}

/**
 * A vertical rule at one value of x, with an optional word at its top.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Axes} axes
 * @param {number} value
 * @param {{ colour: string, text?: string }} style
 * @param {Palette} palette
 */
export function cursor(ctx, axes, value, style, palette) {
  const x = axes.x(value);
  if (x < axes.box.left - 0.5 || x > axes.box.right + 0.5) return;
  ctx.lineWidth = 1.5;
  stroke(ctx, style.colour, x, axes.box.top - 4, x, axes.box.bottom);
  if (!style.text) return;
  ctx.font = font(palette, 600);
  const after = x + 6 + ctx.measureText(style.text).width < axes.width;
  ctx.textAlign = after ? 'left' : 'right';
  ctx.textBaseline = 'top';
  haloed(ctx, style.text, after ? x + 6 : x - 6, axes.box.top - 6, style.colour, palette.paper);
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {string} colour
 * @param {string} halo
 */
export function haloed(ctx, text, x, y, colour, halo) {
  ctx.lineJoin = 'round';
  ctx.lineWidth = 4;
  ctx.strokeStyle = halo;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}

/**
 * Writes each label beside its own curve, where it covers no other.
 * @param {CanvasRenderingContext2D} ctx
 * @param {{ series: Series, text: string, colour: string, fill?: boolean }[]} labels `fill` when the area under the curve is tinted
 * @param {Axes} axes
 * @param {Palette} palette
 */
export function labelCurves(ctx, labels, axes, palette) {
  ctx.font = font(palette, 600);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  const curves = labels.map(({ series }) => Array.from(series.x, (x, i) => /** @type {[number, number]} */ ([axes.x(x), axes.y(series.y[i])])));
  /** @type {Box[]} */
  const taken = [];
  labels.forEach(({ text, colour, fill }, k) => {
    const box = place(ctx.measureText(text).width, SIZE, k, curves, axes.box, taken, fill ? UNDER : 0);
    if (!box) return;
    taken.push(box);
    haloed(ctx, text, box.left, (box.top + box.bottom) / 2, colour, palette.paper);
  });
}

const GAP = 7;
/** What it costs to write on a tinted area. */
const UNDER = 30;

/**
 * The best place for a label of this size near curve `own`: inside the frame, off every curve and label, close to its own.
 * @param {number} width
 * @param {number} height
 * @param {number} own
 * @param {[number, number][][]} curves in pixels
 * @param {Box} frame
 * @param {Box[]} taken
 * @param {number} [under] the cost of standing below the curve
 * @returns {Box | undefined}
 */
export function place(width, height, own, curves, frame, taken, under = 0) {
  const heights = curves.map((points) => heightsOf(points, frame));
  const columns = (/** @type {number} */ x) => Math.round((x - frame.left) / COLUMN);
  /** @type {{ box: Box, cost: number } | undefined} */
  let best;
  for (let i = 0; i <= 24; i++) {
    const left = frame.left + 6 + ((frame.right - 6 - width - frame.left - 6) * i) / 24;
    const near = heights[own].slice(Math.max(0, columns(left)), columns(left + width) + 1).filter(Number.isFinite);
    if (near.length === 0) continue;
    const [highest, lowest] = [Math.min(...near), Math.max(...near)];
    for (const top of [highest - GAP - height, lowest + GAP]) {
      const box = { left, right: left + width, top, bottom: top + height };
      if (box.top < frame.top - 6 || box.bottom > frame.bottom - 2) continue;
      const middle = (box.top + box.bottom) / 2;
      const apart = Math.min(...near.map((y) => Math.abs(y - middle)));
      let cost = apart + Math.abs(i - 16) * 0.4 + (top > lowest ? under : 0) + 200 * taken.filter((other) => overlap(other, box)).length;
      heights.forEach((ys, k) => {
        const others = ys.slice(Math.max(0, columns(left - GAP)), columns(left + width + GAP) + 1);
        cost += others.filter((y) => y > box.top - 4 && y < box.bottom + 4).length * 40;
        if (k !== own && others.some((y) => Math.abs(y - middle) < apart)) cost += 60;
      });
      if (!best || cost < best.cost) best = { box, cost };
    }
  }
  return best?.box;
}

const COLUMN = 6;

/**
 * Where a curve runs, every few pixels from the frame's left edge; NaN where it does not.
 * @param {[number, number][]} points in order of x
 * @param {Box} frame
 */
function heightsOf(points, frame) {
  const out = [];
  let k = 0;
  for (let x = frame.left; x <= frame.right; x += COLUMN) {
    while (k < points.length && points[k][0] < x) k++;
    const [a, b] = [points[Math.max(0, k - 1)], points[k]];
    if (!b || x < a[0]) out.push(NaN);
    else out.push(b[0] === a[0] ? b[1] : a[1] + ((b[1] - a[1]) * (x - a[0])) / (b[0] - a[0]));
  }
  return out;
}

/** @param {Box} a @param {Box} b */
const overlap = (a, b) => a.left < b.right + GAP && b.left < a.right + GAP && a.top < b.bottom + 2 && b.top < a.bottom + 2;

/**
 * The reader's guess: a ring with a word beside it.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Axes} axes
 * @param {number} x
 * @param {number} y
 * @param {string} text
 * @param {Palette} palette
 */
export function guess(ctx, axes, x, y, text, palette) {
  const [cx, cy] = [axes.x(x), axes.y(y)];
  ctx.beginPath();
  ctx.arc(cx, cy, 6, 0, 2 * Math.PI);
  ctx.fillStyle = palette.paper;
  ctx.fill();
  ctx.strokeStyle = palette.mark;
  ctx.lineWidth = 2.2;
  ctx.stroke();
  ctx.font = font(palette, 600);
  ctx.textBaseline = 'middle';
  const before = cx - 11 - ctx.measureText(text).width > axes.box.left;
  ctx.textAlign = before ? 'right' : 'left';
  haloed(ctx, text, before ? cx - 11 : cx + 11, cy, palette.ink, palette.paper);
}
