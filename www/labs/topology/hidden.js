/** What the last hidden layer makes of the points and of the plane's grid, and the straight cut that the output makes there. */
import { html, render } from 'lit';
import { outline } from '../../draw/marks.js';
import { CORNERS, EDGES, dragged, keyed, section, turn } from '../../draw/orbit.js';
import { fit } from '../../draw/plane.js';
import { heading } from '../../element/heading.js';

/** @typedef {import('./types.js').Parts} Parts */
/** @typedef {[number, number, number]} Place */

/** How much of the frame the cube takes, seen flat and turned. */
const FLAT = 0.88;
const TURNED = 0.56;

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 */
export function createHidden(parts, slot) {
  const { ctx, store, view, w } = parts;
  let size = 0;
  let label = '';
  const title = document.createElement('div');
  const frame = document.createElement('div');
  frame.className = 't-hidden';
  const canvas = document.createElement('canvas');
  frame.append(canvas);
  slot.append(title, frame);

  /** How many dimensions are drawn. */
  const drawn = () => Math.min(3, store.width);

  const stop = new AbortController();
  const { signal } = stop;
  frame.addEventListener('pointerdown', (event) => drawn() === 3 && frame.setPointerCapture(event.pointerId), { signal });
  frame.addEventListener(
    'pointermove',
    (event) => {
      if (frame.hasPointerCapture(event.pointerId)) parts.show({ hidden: dragged(view.hidden, event.movementX, event.movementY) });
    },
    { signal },
  );
  frame.addEventListener(
    'keydown',
    (event) => {
      const by = keyed(event.key);
      if (!by || drawn() < 3 || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      parts.show({ hidden: dragged(view.hidden, ...by) });
    },
    { signal },
  );

  /** Words change with the width alone. */
  function say() {
    const now = [store.width, store.inSpace].join();
    if (now === label) return;
    label = now;
    const kind = store.width > 3 ? 'more' : store.width === 3 ? 'three' : 'flat';
    const text = w(`hidden.${kind}`, { width: store.width });
    render(html`${heading(ctx, w(store.inSpace ? 'hidden.ofSpace' : 'hidden.title'))}<p class="t-note" id="t-hidden-note">${text}</p>`, title);
    const operable = drawn() === 3;
    frame.toggleAttribute('data-turns', operable);
    if (operable) frame.tabIndex = 0;
    else frame.removeAttribute('tabindex');
    frame.setAttribute('role', operable ? 'application' : 'img');
    frame.setAttribute('aria-label', w(operable ? 'hidden.turn' : 'hidden.alt', { width: store.width }));
    canvas.setAttribute('aria-hidden', 'true');
  }

  /** The middle and reach of what is drawn: activations that end keep their own frame. */
  function bounds() {
    const activation = String(ctx.values().activation);
    if (activation === 'tanh' || activation === 'sine') return { middle: [0, 0, 0], reach: 1 };
    if (activation === 'sigmoid') return { middle: [0.5, 0.5, 0.5], reach: 0.5 };
    const { data, columns } = store.tables.hidden;
    const low = [Infinity, Infinity, Infinity];
    const high = [-Infinity, -Infinity, -Infinity];
    for (let i = 0; i < data.length; i++) {
      const k = i % columns;
      if (k > 2) continue;
      low[k] = Math.min(low[k], data[i]);
      high[k] = Math.max(high[k], data[i]);
    }
    for (let k = columns; k < 3; k++) low[k] = high[k] = 0;
    const reach = Math.max(1e-6, ...low.map((v, k) => (high[k] - v) / 2));
    return { middle: low.map((v, k) => (v + high[k]) / 2), reach };
  }

  /** @param {number} unit @param {ReturnType<typeof bounds>} box @returns {(data: ArrayLike<number>, at: number, columns: number) => Place} */
  function placing(unit, { middle, reach }) {
    const turned = turn(view.hidden);
    const many = drawn();
    return (data, at, columns) => {
      const h = [0, 1, 2].map((k) => (k < Math.min(columns, many) ? (data[at + k] - middle[k]) / reach : 0));
      const [right, up, near] = many === 3 ? turned(h[0], h[1], h[2]) : [h[0], h[1], 0];
      return [size / 2 + right * unit, size / 2 - up * unit, near];
    };
  }

  /** The output's cut: output 1 and output 2 are equal there. */
  function cut() {
    const { width } = store;
    const { data } = store.tables.weights;
    const last = data.subarray(data.length - (2 * width + 2));
    const a = Array.from({ length: width }, (_, k) => last[2 * k + 1] - last[2 * k]);
    return { a, b: last[2 * width + 1] - last[2 * width] };
  }

  /** @param {CanvasRenderingContext2D} g @param {(data: ArrayLike<number>, at: number, columns: number) => Place} place @param {ReturnType<typeof bounds>} box */
  function drawCut(g, place, { middle, reach }) {
    const { a, b } = cut();
    const palette = parts.palette();
    const level = b + a.slice(0, 3).reduce((sum, v, k) => sum + v * middle[k], 0);
    /** @type {Place} */
    const normal = [(a[0] ?? 0) * reach, (a[1] ?? 0) * reach, (a[2] ?? 0) * reach];
    const back = (/** @type {number[]} */ p) => place(p.map((v, k) => middle[k] + reach * v), 0, 3);
    if (store.width === 3) {
      const corners = section(normal, level).map(back);
      if (corners.length < 3) return;
      g.beginPath();
      corners.forEach(([x, y], i) => (i ? g.lineTo(x, y) : g.moveTo(x, y)));
      g.closePath();
      g.globalAlpha = 0.16;
      g.fillStyle = palette.mark;
      g.fill();
      g.globalAlpha = 1;
    } else if (store.width <= 2) {
      // The line a·h = −b, as long as the frame is wide.
      const size2 = normal[0] * normal[0] + normal[1] * normal[1];
      if (size2 === 0) return;
      const foot = [(-level * normal[0]) / size2, (-level * normal[1]) / size2];
      const across = [-normal[1] / Math.sqrt(size2), normal[0] / Math.sqrt(size2)];
      g.beginPath();
      for (const t of [-4, 4]) {
        const [x, y] = store.width === 1 ? [back([foot[0]])[0], size / 2 + (t * size) / 2] : back([foot[0] + t * across[0], foot[1] + t * across[1]]);
        g.lineTo(x, y);
      }
    } else return;
    g.strokeStyle = palette.mark;
    g.lineWidth = 1.9;
    g.stroke();
  }

  return {
    draw() {
      if (!store.version) return;
      say();
      size ||= frame.clientWidth;
      if (size === 0) return;
      const palette = parts.palette();
      const g = fit(canvas, size, size, devicePixelRatio);
      g.clearRect(0, 0, size, size);
      const box = bounds();
      const place = placing((size / 2) * (drawn() === 3 ? TURNED : FLAT), box);
      const { hidden, sheet, points } = store.tables;
      g.save();
      g.beginPath();
      g.rect(0, 0, size, size);
      g.clip();
      if (drawn() === 3) cage(g, place, box, palette.rule);
      g.beginPath();
      for (let line = 0; line < sheet.rows; line++) {
        for (let i = 0; i < sheet.columns; i += hidden.columns) {
          const [x, y] = place(sheet.data, line * sheet.columns + i, hidden.columns);
          if (i) g.lineTo(x, y);
          else g.moveTo(x, y);
        }
      }
      g.strokeStyle = palette.edge;
      g.globalAlpha = 0.55;
      g.lineWidth = 1;
      g.stroke();
      g.globalAlpha = 1;
      if (drawn() !== 3) drawCut(g, place, box);
      const r = Math.max(1.2, Math.min(2.4, (size / 150) * Math.sqrt(700 / Math.max(200, hidden.rows))));
      for (const cls of [0, 1]) {
        g.beginPath();
        for (let i = 0; i < hidden.rows; i++) {
          if (points.data[4 * i + 3] !== cls) continue;
          const [x, y] = place(hidden.data, i * hidden.columns, hidden.columns);
          outline(g, cls, x, y, r);
        }
        g.strokeStyle = palette.paper;
        g.lineWidth = 1.2;
        g.stroke();
        g.fillStyle = palette.classes[cls].fill;
        g.fill();
      }
      if (drawn() === 3) drawCut(g, place, box);
      g.restore();
    },
    resize() {
      size = 0;
    },
    destroy() {
      stop.abort();
      title.remove();
      frame.remove();
    },
  };
}

/**
 * The cube that shows how the picture is turned.
 * @param {CanvasRenderingContext2D} g
 * @param {(data: ArrayLike<number>, at: number, columns: number) => Place} place
 * @param {{ middle: number[], reach: number }} box
 * @param {string} colour
 */
function cage(g, place, { middle, reach }, colour) {
  const corners = CORNERS.map((corner) => place(corner.map((v, k) => middle[k] + reach * v), 0, 3));
  g.beginPath();
  for (const [i, j] of EDGES) {
    g.moveTo(corners[i][0], corners[i][1]);
    g.lineTo(corners[j][0], corners[j][1]);
  }
  g.strokeStyle = colour;
  g.lineWidth = 1;
  g.stroke();
}
