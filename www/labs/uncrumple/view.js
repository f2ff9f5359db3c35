/** The picture itself: WebGL where there is some, a flat drawing where there is none or it was lost; dragged and turned by keys. */
import { fit } from '../../draw/plane.js';
import { ASPECT, FIRST, turn } from './camera.js';
import { FlatPainter } from './flat.js';

/** @typedef {import('./types.js').Scene} Scene */
/** @typedef {import('./types.js').Painter} Painter */
/** @typedef {import('./types.js').ViewState} ViewState */
/** @typedef {import('./types.js').Colours} Colours */

const RADIANS_A_PIXEL = 0.008;
const RADIANS_A_KEY = 0.12;
/** Facets along an edge of a sheet that a 2-D canvas draws in a few milliseconds. */
const FACETS = 20;
/** @type {Record<string, [number, number]>} */
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * @param {HTMLElement} box holds two canvases, `.u-space` and `.u-flat`
 * @param {{ view: ViewState, changed: () => void, flat: (why: 'none' | 'lost' | '') => void }} parts
 */
export function createView(box, { view, changed, flat }) {
  const [space, sheet] = ['.u-space', '.u-flat'].map((name) => /** @type {HTMLCanvasElement} */ (box.querySelector(name)));
  const painter = new FlatPainter();
  /** @type {Painter | undefined} */
  let deep;
  let lost = false;
  let ended = false;
  let width = 0;
  const stop = new AbortController();
  const { signal } = stop;

  /** Fetched only here: no other figure pays for it. */
  async function begin() {
    try {
      const context = isSoftware() ? null : space.getContext('webgl2', {
        alpha: true,
        antialias: true,
        preserveDrawingBuffer: true, // so that a picture can be saved
        powerPreference: 'low-power',
      });
      if (!context) throw new Error('no WebGL');
      const { createSpace } = await import('./space.js');
      if (ended) return;
      deep = createSpace(space, context);
    } catch {
      flat('none');
    }
    show();
    changed();
  }

  function show() {
    const isDeep = deep !== undefined && !lost;
    space.hidden = !isDeep;
    sheet.hidden = isDeep;
    box.dataset.drawn = isDeep ? 'space' : 'flat';
  }

  space.addEventListener('webglcontextlost', (event) => {
    event.preventDefault(); // else it never comes back
    lost = true;
    flat('lost');
    show();
    changed();
  }, { signal });
  // three must have made its own things again first, and hears of it after us.
  space.addEventListener('webglcontextrestored', () => requestAnimationFrame(() => {
    if (ended) return;
    lost = false;
    deep?.renew();
    flat('');
    show();
    changed();
  }), { signal });

  /** @type {{ x: number, y: number } | undefined} */
  let held;
  box.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    held = { x: event.clientX, y: event.clientY };
    box.setPointerCapture(event.pointerId);
  }, { signal });
  box.addEventListener('pointermove', (event) => {
    if (!held) return;
    view.orbit = turn(view.orbit, (event.clientX - held.x) * RADIANS_A_PIXEL, (event.clientY - held.y) * RADIANS_A_PIXEL);
    held = { x: event.clientX, y: event.clientY };
    changed();
  }, { signal });
  for (const end of ['pointerup', 'pointercancel']) box.addEventListener(end, () => (held = undefined), { signal });
  box.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [yaw, pitch] = KEYS[event.key] ?? [0, 0];
    if (event.key === 'Home') view.orbit = { ...FIRST };
    else if (yaw || pitch) view.orbit = turn(view.orbit, yaw * RADIANS_A_KEY, pitch * RADIANS_A_KEY);
    else return;
    event.preventDefault();
    event.stopPropagation();
    changed();
  }, { signal });

  show();
  begin();

  return {
    resize() {
      width = box.clientWidth;
    },
    /** @param {Scene} scene @param {Colours} colours @param {Uint8ClampedArray | null} small the photo in little */
    paint(scene, colours, small) {
      width ||= box.clientWidth;
      if (width === 0) return;
      const height = Math.round(width / (width < 420 ? 1.15 : ASPECT));
      if (deep && !lost) return deep.paint(scene, view.orbit, colours, width, height);
      painter.paint(fit(sheet, width, height, devicePixelRatio, 1), scene, view.orbit, colours, width, height, { facets: FACETS, photo: small });
    },
    destroy() {
      ended = true;
      stop.abort();
      deep?.destroy();
    },
  };
}

/** Whether WebGL is only imitated: without a graphics card the flat drawing is several times as quick. `failIfMajorPerformanceCaveat` lets SwiftShader pass. */
function isSoftware() {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (!gl) return false;
  const masked = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(masked ? masked.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(name);
}
