/** A brush on a plane of points: what a press there does, by mouse, pen, finger or key. */

/** @typedef {'look' | 'paint' | 'erase' | 'hole'} Tool */
/** @typedef {[number, number]} Place in plane units */
/**
 * @typedef {object} Brush
 * @property {Tool} tool
 * @property {number} cls class painted with, 0-based
 * @property {number} brush radius in plane units
 * @property {Place | null} at where the crosshair is
 */
/**
 * @typedef {object} Painting what a stage that is painted on gives its brush
 * @property {Brush} view
 * @property {(kind: string, data: number[]) => void} edit changes the points by one dab of a stroke
 * @property {() => void} lift ends a stroke
 * @property {(at: Place | null, from: 'pointer' | 'keys') => void} read moves the crosshair
 */

const STEP = 0.02;
const LEAP = 0.1;

/** @param {number} v */
export const within = (v) => Math.max(-1, Math.min(1, v));

/**
 * What one dab of a tool sends to the run.
 * @param {Brush} brush
 * @param {Place} place
 * @returns {{ kind: string, data: number[] } | undefined}
 */
export function dab({ tool, cls, brush }, [x, y]) {
  if (tool === 'paint') return { kind: 'paint', data: [cls, x, y, brush] };
  if (tool === 'erase' || tool === 'hole') return { kind: tool, data: [x, y, brush] };
  return undefined;
}

/**
 * Where an arrow key takes the crosshair.
 * @param {Place | null} at
 * @param {{ key: string, shiftKey: boolean }} event
 * @returns {Place | undefined}
 */
export function moved(at, { key, shiftKey }) {
  const by = shiftKey ? LEAP : STEP;
  const way = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, by], ArrowDown: [0, -by] }[key];
  const keep = (/** @type {number} */ v) => within(Math.round(v * 100) / 100);
  const [x, y] = at ?? [0, 0];
  return way && [keep(x + way[0]), keep(y + way[1])];
}

/**
 * Strokes of the pointer on a box, and the crosshair under it.
 * @param {HTMLElement} box
 * @param {Painting} parts
 * @param {(event: MouseEvent) => Place} placeOf
 */
export function brushed(box, parts, placeOf) {
  const { view } = parts;
  const stop = new AbortController();
  /** @type {Place | null} */
  let last = null;

  /** @param {Place} place */
  function use(place) {
    const act = dab(view, place);
    if (act) parts.edit(act.kind, act.data);
    last = place;
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
    if (!last || !box.hasPointerCapture(event.pointerId)) return;
    // Dabs stand half a brush apart: closer ones would only pile up.
    if (Math.hypot(place[0] - last[0], place[1] - last[1]) >= Math.max(0.015, view.brush * 0.5)) use(place);
  }

  /** @param {PointerEvent} event */
  function onUp(event) {
    last = null;
    parts.lift();
    if (event.pointerType === 'touch') parts.read(null, 'pointer');
  }

  const { signal } = stop;
  box.addEventListener('pointerdown', onDown, { signal });
  box.addEventListener('pointermove', onMove, { signal });
  box.addEventListener('pointerup', onUp, { signal });
  box.addEventListener('pointercancel', onUp, { signal });
  box.addEventListener('pointerleave', () => parts.read(null, 'pointer'), { signal });
  box.addEventListener('blur', () => parts.read(null, 'keys'), { signal });
  return {
    /** The chosen tool at the crosshair, as Enter has it. */
    press() {
      const at = view.at ?? [0, 0];
      parts.read(at, 'keys');
      use(at);
      last = null;
      parts.lift();
    },
    stop: () => stop.abort(),
  };
}
