/** Mouse, pen, finger and keyboard on the plot: turning space, drawing two closed curves, moving their points. */
import { dragged, keyed } from '../../draw/orbit.js';
import { even, moved, nearest } from './curve.js';

/** @typedef {import('./types.js').Parts} Parts */
/** @typedef {[number, number]} Place */

/** How near a press must be to a point to take hold of it, in pixels. */
const NEAR = 26;
const STEP = 0.02;
const LEAP = 0.1;
/** Corners kept of a curve drawn by hand, at most; the engine takes 48. */
const CORNERS = 28;

/**
 * @param {Parts} parts
 * @param {HTMLElement} box
 * @returns {() => void} lets go of the plot
 */
export function hands(parts, box) {
  const { ctx, store, view } = parts;
  const stop = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let settling;

  /** @param {PointerEvent} event @returns {Place} */
  const placeOf = (event) => {
    const r = box.getBoundingClientRect();
    const clamp = (/** @type {number} */ v) => Math.max(-0.94, Math.min(0.94, v));
    return [clamp(((event.clientX - r.left) / r.width) * 2 - 1), clamp(1 - ((event.clientY - r.top) / r.height) * 2)];
  };

  /** @param {PointerEvent} event */
  function onDown(event) {
    if (event.button !== 0) return;
    const place = placeOf(event);
    if (store.inSpace) box.setPointerCapture(event.pointerId);
    else if (view.tool === 'draw') {
      box.setPointerCapture(event.pointerId);
      parts.show({ stroke: [...place], refused: '' });
    } else if (view.tool === 'move') {
      const point = nearest(store.curves(), place, (2 * NEAR) / Math.max(1, box.clientWidth));
      if (point >= 0) box.setPointerCapture(event.pointerId);
      parts.show({ point });
    }
  }

  /** @param {PointerEvent} event */
  function onMove(event) {
    if (!box.hasPointerCapture(event.pointerId)) return;
    const place = placeOf(event);
    if (store.inSpace) parts.show({ space: dragged(view.space, event.movementX, event.movementY) });
    else if (view.tool === 'draw' && view.stroke) {
      const [x, y] = view.stroke.slice(-2);
      if (Math.hypot(place[0] - x, place[1] - y) > 0.012) parts.show({ stroke: [...view.stroke, ...place] });
    } else if (view.tool === 'move' && view.point >= 0) parts.show({ moved: moved(view.moved ?? store.curves(), view.point, () => place) });
  }

  /** @param {PointerEvent} event */
  async function onUp(event) {
    if (event.type === 'pointercancel') return parts.show({ stroke: null, moved: null });
    if (view.tool === 'draw' && view.stroke) {
      const curve = even(view.stroke, CORNERS);
      if (!view.first) return parts.show({ first: curve, stroke: null });
      const fair = await parts.propose([view.first, curve]);
      parts.show({ first: null, stroke: null, ...(fair ? { tool: 'look' } : {}) });
    } else if (view.moved) await put(view.moved);
  }

  /** @param {[number[], number[]]} curves */
  async function put(curves) {
    await parts.propose(curves);
    parts.show({ moved: null });
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (event.target !== box || event.ctrlKey || event.metaKey || event.altKey) return;
    const turned = keyed(event.key);
    if (store.inSpace) {
      if (!turned) return;
      parts.show({ space: dragged(view.space, ...turned) });
    } else if (view.tool === 'move') {
      if (!edit(event)) return;
    } else if (event.key === 'Escape' && view.tool === 'draw') parts.show({ tool: 'look', first: null, stroke: null });
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** N and P choose a control point, arrows move it. @param {KeyboardEvent} event */
  function edit({ key, shiftKey }) {
    const curves = view.moved ?? store.curves();
    const count = (curves[0].length + curves[1].length) / 2;
    if (/^[np]$/i.test(key)) {
      const by = key.toLowerCase() === 'n' ? 1 : -1;
      const point = view.point < 0 ? (by > 0 ? 0 : count - 1) : (view.point + by + count) % count;
      parts.show({ point });
      const cls = point < curves[0].length / 2 ? 0 : 1;
      ctx.announce(parts.w('point', { index: point + 1, total: count, curve: parts.w(`set.${cls}`) }));
      return true;
    }
    if (key === 'Escape') {
      parts.show({ tool: 'look', moved: null, point: -1 });
      return true;
    }
    const by = shiftKey ? LEAP : STEP;
    const step = /** @type {Record<string, Place>} */ ({ ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, by], ArrowDown: [0, -by] })[key];
    if (!step || view.point < 0) return false;
    const next = moved(curves, view.point, ([x, y]) => [x + step[0], y + step[1]]);
    parts.show({ moved: next });
    // A run is begun when the keys rest, not at every press.
    clearTimeout(settling);
    settling = setTimeout(() => put(next), 350);
    return true;
  }

  const { signal } = stop;
  box.addEventListener('pointerdown', onDown, { signal });
  box.addEventListener('pointermove', onMove, { signal });
  box.addEventListener('pointerup', onUp, { signal });
  box.addEventListener('pointercancel', onUp, { signal });
  box.addEventListener('keydown', onKey, { signal });
  return () => {
    clearTimeout(settling);
    stop.abort();
  };
}
