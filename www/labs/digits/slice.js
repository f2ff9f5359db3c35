/** A flat piece of the space of pictures: through the shown digit, along its push and across it, coloured by the answer. */
import { html, render } from 'lit';
import { haloed } from '../../draw/chart.js';
import { mix, pixel, rgb } from '../../draw/palette.js';
import { heading } from '../../element/heading.js';
import { framed, paint } from './pixels.js';
import { sheet } from './sheet.js';
import { answerOf, CLASSES, rivals } from './store.js';

/** @typedef {import('./types.js').Parts} Parts */

/** The piece runs this far, in lengths of the push, to all four sides. */
const REACH = 1.5;
/** Pixels between the push and a number. */
const CLEAR = 26;
/** A region smaller than this share of the piece gets no number. */
const WORTH = 0.03;

/**
 * The answer in every cell, and where each answer's region has its middle.
 *
 * @param {Float32Array} data cells × 10, the topmost row first
 * @param {number} side cells a side
 */
export function regions(data, side) {
  const answers = new Uint8Array(side * side);
  const sums = Array.from({ length: CLASSES }, () => ({ count: 0, x: 0, y: 0 }));
  for (let i = 0; i < side * side; i++) {
    const { best } = answerOf(data.subarray(i * CLASSES, (i + 1) * CLASSES));
    answers[i] = Math.max(0, best);
    const sum = sums[answers[i]];
    sum.count++;
    sum.x += (i % side) + 0.5;
    sum.y += Math.floor(i / side) + 0.5;
  }
  const middles = sums
    .map(({ count, x, y }, digit) => ({ digit, share: count / (side * side), x: x / count / side, y: y / count / side }))
    .filter(({ share }) => share >= WORTH);
  return { answers, middles };
}

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 * @returns {import('./types.js').Part}
 */
export function createSlice(parts, slot) {
  const { ctx, store, view, w } = parts;
  render(html`${heading(ctx, w('slice.title'))}<canvas class="d-square" role="img"></canvas><p class="d-line">${w('slice.line')}</p>`, slot);

  /** @param {import('./sheet.js').Sheet} sheet */
  function drawing({ g, width, height, palette }) {
    const box = { x: 0, y: 0, width, height };
    framed(g, box, palette.edge);
    const { rows, data } = store.tables.slice;
    const side = Math.round(Math.sqrt(rows));
    if (side === 0 || !store.pushed) return w('slice.none');
    const { from, to } = rivals(store.row('answers', 0), store.row('answers', store.lastRow), store.truth);
    const { answers, middles } = regions(data, side);
    const [mid, away, towards, other] = [palette.fieldMid, palette.classes[0].tint, palette.classes[1].tint, palette.rule].map(rgb);
    const words = Uint32Array.from(answers, (k, i) => {
      const sure = (data[i * CLASSES + k] - 0.1) / 0.9;
      return pixel(mix(mid, k === from ? away : k === to ? towards : other, 0.35 + 0.65 * Math.max(0, Math.min(1, sure))));
    });
    paint(g, words, side, box);
    framed(g, box, palette.edge);
    const x = (/** @type {number} */ v) => ((v + REACH) / (2 * REACH)) * width;
    const y = (/** @type {number} */ v) => ((REACH - v) / (2 * REACH)) * height;
    g.font = `600 20px ${palette.sans}`;
    g.textAlign = 'center';
    g.textBaseline = 'middle';
    for (const { digit, x: mx, y: my } of middles) {
      // The way of the push runs along the middle; a number stands beside it, not under it.
      const beside = Math.abs(my * height - y(0)) < CLEAR ? y(0) - CLEAR : my * height;
      haloed(g, String(digit), mx * width, beside, digit === from ? palette.classes[0].ink : digit === to ? palette.classes[1].ink : palette.ink2, palette.paper);
    }
    const path = Array.from({ length: store.tables.slicePath.rows }, (_, i) => store.row('slicePath', i));
    g.strokeStyle = palette.accent;
    g.lineWidth = 2.2;
    g.lineJoin = 'round';
    g.beginPath();
    path.forEach(([px, py], i) => (i ? g.lineTo(x(px), y(py)) : g.moveTo(x(px), y(py))));
    g.stroke();
    dot(g, x(0), y(0), palette.ink, palette.paper);
    const at = path[Math.min(view.row, path.length - 1)];
    if (at) dot(g, x(at[0]), y(at[1]), palette.accent, palette.paper);
    const list = middles.sort((a, b) => b.share - a.share).map(({ digit, share }) => `${digit}: ${ctx.percent(share)}`).join('; ');
    return w('slice.alt', { list });
  }

  return sheet(parts.palette, () => slot.querySelector('canvas'), drawing);
}

/** @param {CanvasRenderingContext2D} g @param {number} x @param {number} y @param {string} colour @param {string} ring */
function dot(g, x, y, colour, ring) {
  g.beginPath();
  g.arc(x, y, 6, 0, 2 * Math.PI);
  g.fillStyle = colour;
  g.fill();
  g.strokeStyle = ring;
  g.lineWidth = 2;
  g.stroke();
}
