/** Mouse, pen, finger and keyboard on the plot: looking, choosing a point, and drawing with a tool. */
import { brushed, moved, within } from '../plane/brush.js';
import { chosenPoint } from './picture.js';
import { pointText, readingText } from './words.js';

/** @typedef {import('./types.js').Parts} Parts */
/** @typedef {import('../plane/brush.js').Place} Place */

/** How near a press must be to a point to mean it, in pixels. */
const NEAR = { mouse: 22, pen: 22, touch: 34 };

/**
 * Row of the point nearest to a place, −1 when none is within reach.
 * @param {Float32Array} points
 * @param {Place} place
 * @param {number} within in plane units
 */
export function nearest(points, [x, y], within) {
  let best = -1;
  let least = within;
  for (let i = 0; i < points.length; i += 4) {
    const d = Math.hypot(points[i] - x, points[i + 1] - y);
    if (d <= least) {
      least = d;
      best = i / 4;
    }
  }
  return best;
}

/**
 * @param {Parts} parts
 * @param {HTMLElement} box
 * @returns {() => void} lets go of the plot
 */
export function hands(parts, box) {
  const { ctx, store, view } = parts;
  const stop = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let saying;

  /** @param {MouseEvent} event @returns {Place} */
  const placeOf = (event) => {
    const r = box.getBoundingClientRect();
    return [within(((event.clientX - r.left) / r.width) * 2 - 1), within(1 - ((event.clientY - r.top) / r.height) * 2)];
  };
  const brush = brushed(box, parts, placeOf);

  /** @param {number} row */
  function choose(row) {
    ctx.look('selected', row);
    const point = chosenPoint(store, row);
    if (point) parts.read([point.x, point.y], 'keys');
    return point;
  }

  /** @param {number} by */
  function walk(by) {
    if (store.count === 0) return;
    const present = Number(ctx.values().selected ?? -1);
    const row = present < 0 ? (by > 0 ? 0 : store.count - 1) : (present + by + store.count) % store.count;
    choose(row);
    say(() => pointText(parts));
  }

  /** Speech follows a moment after the last key, not every key. @param {() => string} text */
  function say(text) {
    clearTimeout(saying);
    saying = setTimeout(() => ctx.announce(text()), 400);
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (event.target !== box || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = moved(view.at, event);
    if (to) {
      parts.read(to, 'keys');
      say(() => readingText(parts));
    } else if (event.key === 'n' || event.key === 'N') walk(1);
    else if (event.key === 'p' || event.key === 'P') walk(-1);
    else if (event.key === 'Enter') act();
    else if (event.key === 'Escape') leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Enter: the chosen tool at the crosshair. */
  function act() {
    if (view.tool !== 'look') return brush.press();
    const at = view.at ?? [0, 0];
    parts.read(at, 'keys');
    const row = nearest(store.tables.points.data, at, 2);
    if (row < 0) return;
    choose(row);
    say(() => pointText(parts));
  }

  function leave() {
    if (view.at || Number(ctx.values().selected) >= 0) {
      parts.read(null, 'keys');
      if (Number(ctx.values().selected) >= 0) ctx.look('selected', -1);
    } else box.blur();
  }

  /** @param {MouseEvent} event */
  function onClick(event) {
    if (view.tool !== 'look' || /** @type {Element} */ (event.target).closest('button')) return;
    const kind = /** @type {PointerEvent} */ (event).pointerType;
    const reach = NEAR[/** @type {keyof typeof NEAR} */ (kind)] ?? NEAR.mouse;
    const row = nearest(store.tables.points.data, placeOf(event), (2 * reach) / Math.max(1, box.clientWidth));
    if (row !== Number(ctx.values().selected ?? -1)) ctx.look('selected', row);
  }

  const { signal } = stop;
  box.addEventListener('keydown', onKey, { signal });
  box.addEventListener('click', onClick, { signal });
  return () => {
    clearTimeout(saying);
    brush.stop();
    stop.abort();
  };
}
