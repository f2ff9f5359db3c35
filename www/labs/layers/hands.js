/** Mouse, pen, finger and keyboard on the stage: turning the space, and picking up a point of the plane. */
import { brushed, moved, within } from '../plane/brush.js';
import { turned } from './camera.js';
import { PAINTED } from './picture.js';
import { under } from './sheet.js';
import { followedText } from './words.js';

/** @typedef {import('./types.js').Parts} Parts */

const STEP = 0.02;
const LEAP = 0.1;
/** Pixels a press of an arrow key turns by. */
const TURN = 10;
/** How far one pixel goes on a tour. */
const TOUR = 0.0015;
/** A press that moved less than this was no drag. */
const STILL = 5;
/** How near the followed point a press must be to take hold of it. */
const NEAR = { mouse: 18, touch: 30 };

/**
 * @param {Parts} parts
 * @param {HTMLElement} box
 * @param {import('./picture.js').Picture} picture what is on the stage
 * @param {() => [number, number] | undefined} followedAt where the followed point is on it
 * @returns {() => void} lets go of the stage
 */
export function hands(parts, box, picture, followedAt) {
  const { ctx, store, view } = parts;
  const stop = new AbortController();
  /** @type {{ x: number, y: number, moved: number, holds: boolean } | null} */
  let press = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let saying;

  /** Turns the view; on a tour of a wide space, goes on with it, and back. @param {number} dx @param {number} dy */
  function turn(dx, dy) {
    if (view.projecting === 'tour' && store.projected) parts.show({ tour: view.tour + (dx - dy) * TOUR });
    else parts.show(turned(view, dx, dy));
  }

  const brush = brushed(box, parts, (event) => {
    const [x, y] = pixelOf(event);
    const half = box.clientWidth / 2;
    return [within((x / half - 1) * PAINTED), within((1 - y / half) * PAINTED)];
  });

  /** @param {MouseEvent} event @returns {[number, number]} */
  function pixelOf(event) {
    const r = box.getBoundingClientRect();
    return [event.clientX - r.left, event.clientY - r.top];
  }

  /** The point of the plane that is carried to a place on the stage. @param {[number, number]} pixel */
  function pick([x, y]) {
    const place = under(picture.pixels, { side: store.side, every: 1 }, x, y);
    if (place) parts.follow(place);
    return Boolean(place);
  }

  /** @param {PointerEvent} event */
  function onDown(event) {
    if (event.button !== 0 || view.tool !== 'look') return;
    box.setPointerCapture(event.pointerId);
    const [x, y] = pixelOf(event);
    const at = followedAt();
    const near = event.pointerType === 'touch' ? NEAR.touch : NEAR.mouse;
    const holds = Boolean(at && Math.hypot(at[0] - x, at[1] - y) < near) || !store.spatial;
    press = { x, y, moved: 0, holds };
    if (!store.spatial) pick([x, y]);
  }

  /** @param {PointerEvent} event */
  function onMove(event) {
    if (!press) return;
    const [x, y] = pixelOf(event);
    const [dx, dy] = [x - press.x, y - press.y];
    press = { ...press, x, y, moved: press.moved + Math.hypot(dx, dy) };
    if (press.holds) pick([x, y]);
    else if (press.moved > STILL) turn(dx, -dy);
  }

  /** @param {PointerEvent} event */
  function onUp(event) {
    // In space a drag turns; a press that stayed where it was picks up what is under it, or lets go.
    if (press && store.spatial && press.moved <= STILL && event.type === 'pointerup' && !pick(pixelOf(event))) parts.follow(null);
    press = null;
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (event.target !== box || event.ctrlKey || event.metaKey || event.altKey) return;
    if (view.tool !== 'look') {
      if (!paint(event)) return;
      event.preventDefault();
      return event.stopPropagation();
    }
    const arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (arrow && store.spatial && !event.shiftKey) turn(TURN * arrow[0], -TURN * arrow[1]);
    else if (arrow) shift(arrow, event.shiftKey && !store.spatial ? LEAP : STEP);
    else if (event.key === 'n' || event.key === 'N') walk(1);
    else if (event.key === 'p' || event.key === 'P') walk(-1);
    else if (event.key === 'Enter') shift([0, 0], 0);
    else if (event.key === 'Escape') {
      if (!store.tables.followed.rows) return box.blur();
      parts.follow(null);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Keys of a tool: the crosshair, a dab, putting it down. @param {KeyboardEvent} event */
  function paint(event) {
    const to = moved(view.at, event);
    if (to) {
      parts.read(to);
      const [x, y] = to.map((v) => ctx.number(v, { minimumFractionDigits: 2, maximumFractionDigits: 2 }));
      say(() => ctx.t('ui.brush.at', { x, y }));
    } else if (event.key === 'Enter') brush.press();
    else if (event.key === 'Escape') parts.brush({ tool: 'look' });
    else return false;
    return true;
  }

  /** @param {number[]} by @param {number} step */
  function shift([dx, dy], step) {
    const { x, y } = ctx.values();
    parts.follow([within(Number(x) + dx * step), within(Number(y) + dy * step)]);
    say(() => followedText(parts));
  }

  /** From point to point of the data. @param {number} by */
  function walk(by) {
    const { rows, data } = store.tables.points;
    if (rows === 0) return;
    const { follow, x, y } = ctx.values();
    let now = -1;
    for (let i = 0; follow && i < rows; i++) if (Math.hypot(data[4 * i] - Number(x), data[4 * i + 1] - Number(y)) < 1e-4) now = i;
    const next = now < 0 ? (by > 0 ? 0 : rows - 1) : (now + by + rows) % rows;
    parts.follow([data[4 * next], data[4 * next + 1]]);
    say(() => followedText(parts));
  }

  /** Speech follows a moment after the last key, not every key. @param {() => string} text */
  function say(text) {
    clearTimeout(saying);
    saying = setTimeout(() => ctx.announce(text()), 500);
  }

  const { signal } = stop;
  box.addEventListener('keydown', onKey, { signal });
  box.addEventListener('pointerdown', onDown, { signal });
  box.addEventListener('pointermove', onMove, { signal });
  box.addEventListener('pointerup', onUp, { signal });
  box.addEventListener('pointercancel', onUp, { signal });
  return () => {
    clearTimeout(saying);
    brush.stop();
    stop.abort();
  };
}
