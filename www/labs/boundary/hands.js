/** Mouse, pen, finger and keyboard on the plot: looking, choosing a point, and drawing with a tool. */
import { chosenPoint } from './picture.js';
import { pointText, readingText } from './words.js';

/** @typedef {import('./types.js').Parts} Parts */
/** @typedef {[number, number]} Place in plane units */

const STEP = 0.02;
const LEAP = 0.1;
/** How near a press must be to a point to mean it, in pixels. */
const NEAR = { mouse: 22, pen: 22, touch: 34 };

/**
 * What one dab of a tool sends to the run.
 * @param {import('./types.js').ViewState} view
 * @param {Place} place
 * @returns {{ kind: string, data: number[] } | undefined}
 */
export function dab({ tool, cls, brush }, [x, y]) {
  if (tool === 'paint') return { kind: 'paint', data: [cls, x, y, brush] };
  if (tool === 'erase' || tool === 'hole') return { kind: tool, data: [x, y, brush] };
  return undefined;
}

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
  /** @type {Place | null} */
  let last = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let saying;

  /** @param {PointerEvent | MouseEvent} event @returns {Place} */
  const placeOf = (event) => {
    const r = box.getBoundingClientRect();
    const clamp = (/** @type {number} */ v) => Math.max(-1, Math.min(1, v));
    return [clamp(((event.clientX - r.left) / r.width) * 2 - 1), clamp(1 - ((event.clientY - r.top) / r.height) * 2)];
  };

  /** @param {Place} place */
  function use(place) {
    const act = dab(view, place);
    if (act) parts.edit(act.kind, act.data);
    last = place;
  }

  /** @param {number} row */
  function choose(row) {
    ctx.set('selected', row);
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

  /** @param {string} key @param {boolean} far @returns {Place | undefined} */
  function moved(key, far) {
    const by = far ? LEAP : STEP;
    const start = view.at ?? [0, 0];
    const [dx, dy] = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, by], ArrowDown: [0, -by] }[key] ?? [0, 0];
    if (dx === 0 && dy === 0) return undefined;
    const keep = (/** @type {number} */ v) => Math.max(-1, Math.min(1, Math.round(v * 100) / 100));
    return [keep(start[0] + dx), keep(start[1] + dy)];
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (event.target !== box || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = moved(event.key, event.shiftKey);
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
    const at = view.at ?? [0, 0];
    parts.read(at, 'keys');
    if (view.tool !== 'look') {
      use(at);
      return parts.lift();
    }
    const row = nearest(store.tables.points.data, at, 2);
    if (row < 0) return;
    choose(row);
    say(() => pointText(parts));
  }

  function leave() {
    if (view.at || Number(ctx.values().selected) >= 0) {
      parts.read(null, 'keys');
      if (Number(ctx.values().selected) >= 0) ctx.set('selected', -1);
    } else box.blur();
  }

  /** @param {PointerEvent} event */
  function onDown(event) {
    if (event.button !== 0 || view.tool === 'look' || /** @type {Element} */ (event.target).closest('button')) return;
    box.setPointerCapture(event.pointerId);
    const place = placeOf(event);
    parts.read(place, 'pointer');
    use(place);
  }

  /** @param {PointerEvent} event */
  function onMove(event) {
    const place = placeOf(event);
    parts.read(place, 'pointer');
    if (!box.hasPointerCapture(event.pointerId) || !last) return;
    // Dabs stand half a brush apart: closer ones would only pile up.
    if (Math.hypot(place[0] - last[0], place[1] - last[1]) >= Math.max(0.015, view.brush * 0.5)) use(place);
  }

  /** @param {PointerEvent} event */
  function onUp(event) {
    last = null;
    parts.lift();
    if (event.pointerType === 'touch') parts.read(null, 'pointer');
  }

  /** @param {MouseEvent} event */
  function onClick(event) {
    if (view.tool !== 'look' || /** @type {Element} */ (event.target).closest('button')) return;
    const kind = /** @type {PointerEvent} */ (event).pointerType;
    const reach = NEAR[/** @type {keyof typeof NEAR} */ (kind)] ?? NEAR.mouse;
    const row = nearest(store.tables.points.data, placeOf(event), (2 * reach) / Math.max(1, box.clientWidth));
    if (row !== Number(ctx.values().selected ?? -1)) ctx.set('selected', row);
  }

  const { signal } = stop;
  box.addEventListener('keydown', onKey, { signal });
  box.addEventListener('pointerdown', onDown, { signal });
  box.addEventListener('pointermove', onMove, { signal });
  box.addEventListener('pointerup', onUp, { signal });
  box.addEventListener('pointercancel', onUp, { signal });
  box.addEventListener('pointerleave', () => parts.read(null, 'pointer'), { signal });
  box.addEventListener('blur', () => parts.read(null, 'keys'), { signal });
  box.addEventListener('click', onClick, { signal });
  return () => {
    clearTimeout(saying);
    stop.abort();
  };
}
