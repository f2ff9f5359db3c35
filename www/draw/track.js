/** The timeline's track: the loss so far, printed where it is dragged along. */
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';

/** @typedef {import('./palette.js').Palette} Palette */
/**
 * @typedef {object} TrackSpec
 * @property {Float32Array} history rows of `columns`: step, what the line follows (a loss), and the same held out if there is such a thing, …
 * @property {number} columns
 * @property {number} at the step shown
 * @property {number} end the step at the right-hand edge
 * @property {string} label what the two lines are
 */

const HANDLE = 10;

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} width
 * @param {number} height
 * @param {TrackSpec} spec
 * @param {Palette} palette
 */
export function track(ctx, width, height, { history, columns, at, end, label }, palette) {
  const x = scaleLinear([0, Math.max(1, end)], [0, width]);
  const y = scaleLinear([0, topLoss(history, columns)], [height - 4, 8]).clamp(true);
  const now = Math.max(0, Math.min(width, x(at)));
  ctx.fillStyle = palette.wash;
  ctx.fillRect(0, 0, width, height);
  ctx.fillStyle = palette.accentWash;
  ctx.fillRect(0, 0, now, height);
  for (const [column, colour, stroke, dash] of /** @type {const} */ ([[2, palette.ink2, 1.5, [4, 3]], [1, palette.ink, 2, []]])) {
    if (column >= columns) continue;
    const rows = Array.from({ length: Math.floor(history.length / columns) }, (_, i) => /** @type {[number, number]} */ ([history[i * columns], history[i * columns + column]]));
    ctx.beginPath();
    line().defined(([, v]) => Number.isFinite(v)).x(([s]) => x(s)).y(([, v]) => y(v)).context(ctx)(rows);
    ctx.setLineDash([...dash]);
    ctx.strokeStyle = colour;
    ctx.lineWidth = stroke;
    ctx.lineJoin = 'round';
    ctx.stroke();
  }
  ctx.setLineDash([]);
  ctx.font = `13px ${palette.sans}`;
  ctx.textBaseline = 'top';
  ctx.textAlign = 'right';
  ctx.fillStyle = palette.ink2;
  const room = ctx.measureText(label).width + 24;
  const right = width - now > room || now < room ? width - 8 : now - HANDLE - 6;
  ctx.fillText(label, right, clear(spans(history, columns, x, y, right - room, right), height));
  handle(ctx, now, width, height, palette);
}

/**
 * From where to where, in height, each stretch of the lines runs between two places.
 * @param {Float32Array} history @param {number} columns @param {(step: number) => number} x @param {(v: number) => number} y @param {number} left @param {number} right
 */
function spans(history, columns, x, y, left, right) {
  /** @type {[number, number][]} */
  const found = [];
  for (let i = columns; i < history.length; i += columns) {
    const [from, to] = [x(history[i - columns]), x(history[i])];
    if (to < left || from > right) continue;
    for (let c = 1; c < Math.min(3, columns); c++) {
      const [a, b] = [y(history[i - columns + c]), y(history[i + c])];
      const at = (/** @type {number} */ place) => a + ((b - a) * (Math.max(from, Math.min(to, place)) - from)) / Math.max(1, to - from);
      if (Number.isFinite(a) && Number.isFinite(b)) found.push([Math.min(at(left), at(right)), Math.max(at(left), at(right))]);
    }
  }
  return found;
}

const TOP = 6;
const LETTERS = 15;

/** The highest place for a line of words that no line runs through, nor the handle's knob; the top where there is none. @param {[number, number][]} lines @param {number} height */
function clear(lines, height) {
  const free = (/** @type {number} */ at) => lines.every(([least, most]) => most < at - 2 || least > at + LETTERS);
  return [TOP, height / 2 - HANDLE - LETTERS, height / 2 + HANDLE, height - LETTERS - TOP].find(free) ?? TOP;
}

/**
 * The top of the loss axis: the largest loss met, without the first moments of a wild start.
 * @param {Float32Array} history
 * @param {number} columns
 */
export function topLoss(history, columns) {
  const losses = [];
  const lines = Math.min(2, columns - 1);
  for (let i = 0; i < history.length; i += columns) for (const v of history.subarray(i + 1, i + 1 + lines)) if (Number.isFinite(v)) losses.push(v);
  losses.sort((a, b) => a - b);
  return Math.max(0.05, 1.05 * (losses[Math.floor(losses.length * 0.98)] ?? 1));
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} now
 * @param {number} width
 * @param {number} height
 * @param {Palette} palette
 */
function handle(ctx, now, width, height, palette) {
  const rule = Math.max(1.5, Math.min(width - 1.5, now));
  const knob = Math.max(HANDLE, Math.min(width - HANDLE, rule));
  ctx.fillStyle = palette.accent;
  ctx.fillRect(rule - 1.5, 0, 3, height);
  ctx.beginPath();
  ctx.arc(knob, height / 2, HANDLE, 0, 2 * Math.PI);
  ctx.fill();
  ctx.strokeStyle = palette.onAccent;
  ctx.lineWidth = 1.6;
  ctx.beginPath();
  for (const dx of [-3, 3]) {
    ctx.moveTo(knob + dx, height / 2 - 3.5);
    ctx.lineTo(knob + dx, height / 2 + 3.5);
  }
  ctx.stroke();
}
