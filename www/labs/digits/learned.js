/** How it learned: loss and accuracy, what it takes for what, where it is most wrong, and what its layers look for. */
import { ticks } from 'd3-array';
import { html, nothing, render } from 'lit';
import { axes, curve, labelCurves } from '../../draw/chart.js';
import { mix, rgb } from '../../draw/palette.js';
import { topLoss } from '../../draw/track.js';
import { heading } from '../../element/heading.js';
import { framed, gainOf, greyWords, paint, signedWords, tiles } from './pixels.js';
import { sheet } from './sheet.js';
import { CLASSES } from './store.js';

/** @typedef {import('./types.js').Parts} Parts */
/** @typedef {import('./sheet.js').Sheet} Sheet */

const DASH = [4, 3];
const TILE = 26;
const TILE_GAP = 5;

/** The mistake made most often. @param {Float32Array} counts 10 × 10, drawn by rows, read by columns */
export function commonest(counts) {
  let best = { drawn: -1, read: -1, count: 0 };
  for (let i = 0; i < CLASSES; i++) {
    for (let j = 0; j < CLASSES; j++) {
      const count = counts[i * CLASSES + j];
      if (i !== j && count > best.count) best = { drawn: i, read: j, count };
    }
  }
  return best;
}

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 * @returns {import('./types.js').Part}
 */
export function createLearned(parts, slot) {
  const { ctx, store, w } = parts;
  const NAMES = /** @type {const} */ (['loss', 'accuracy', 'confusion', 'kernels', 'maps', 'maps2']);
  let shown = '';

  function words() {
    const deep = store.tables.maps.rows > 0;
    const now = JSON.stringify([deep, ctx.t('labs.digits.title')]);
    if (now === shown) return;
    shown = now;
    const one = (/** @type {typeof NAMES[number]} */ name, kind = '') => html`<div class="chart ${kind}">${heading(ctx, w(`${name}.title`), 2)}<canvas data-d=${name} role="img"></canvas></div>`;
    render(
      html`${heading(ctx, w('learned.title'), 1, 'd-head')}
        <div class="d-three">${one('loss')}${one('accuracy')}${one('confusion', 'd-own')}</div>
        <div class="d-three">${one('kernels', 'd-tiles')}${deep ? [one('maps', 'd-tiles'), one('maps2', 'd-tiles')] : nothing}</div>`,
      slot,
    );
  }

  /** @param {Sheet} sheet @param {number[]} columns train, then held out @param {number} top @param {(v: number) => string} format */
  function overTime({ g, width, height, palette }, columns, top, format) {
    const x = store.column('history', 0);
    const end = Math.max(10, x.at(-1) ?? 0);
    const frame = axes(g, width, height, {
      x: [0, end], y: [0, top], xTicks: ticks(0, end, 3).filter(Number.isInteger), yTicks: [0, top / 2, top], xFormat: (v) => ctx.number(v), yFormat: format, xLabel: w('learned.x'),
    }, palette);
    const series = columns.map((c, i) => ({ series: { x, y: store.column('history', c) }, text: w(i ? 'learned.held' : 'learned.train'), colour: i ? palette.ink2 : palette.ink }));
    curve(g, series[1].series, frame, { colour: palette.ink2, width: 1.6, dash: DASH });
    curve(g, series[0].series, frame, { colour: palette.ink, width: 2 });
    if (x.length > 1) labelCurves(g, series, frame, palette);
  }

  /** @param {Sheet} sheet */
  function loss(sheet) {
    const { data, columns } = store.tables.history;
    overTime(sheet, [1, 2], columns ? topLoss(data, columns) : 1, (v) => ctx.number(v, { maximumFractionDigits: 1 }));
    return w('loss.alt', { step: ctx.number(store.step), loss: ctx.number(store.readouts.trainLoss, { maximumFractionDigits: 3 }) });
  }

  /** @param {Sheet} sheet */
  function accuracy(sheet) {
    overTime(sheet, [3, 4], 1, (v) => ctx.percent(v));
    return w('accuracy.alt', { step: ctx.number(store.step), accuracy: ctx.percent(store.readouts.testAccuracy, 1) });
  }

  /** @param {Sheet} sheet */
  function confusion({ g, width, palette }) {
    const counts = store.tables.confusion.data;
    const [edge, step] = [20, (width - 20) / CLASSES];
    const [none, right, wrong] = [palette.sheet, palette.classes[0].fill, palette.classes[1].fill].map(rgb);
    g.font = `400 13px ${palette.sans}`;
    g.textAlign = 'center';
    g.textBaseline = 'middle';
    for (let i = 0; i < CLASSES; i++) {
      g.fillStyle = palette.ink2;
      g.fillText(String(i), edge / 2 - 2, edge + (i + 0.5) * step);
      g.fillText(String(i), edge + (i + 0.5) * step, edge / 2);
      let total = 0;
      for (let j = 0; j < CLASSES; j++) total += counts[i * CLASSES + j] ?? 0;
      for (let j = 0; j < CLASSES; j++) {
        const share = total > 0 ? counts[i * CLASSES + j] / total : 0;
        const colour = i === j ? mix(none, right, 0.85 * share ** 0.8) : mix(none, wrong, Math.min(1, share * 14));
        g.fillStyle = `rgb(${colour.map(Math.round).join(' ')})`;
        g.fillRect(edge + j * step + 0.5, edge + i * step + 0.5, step - 1, step - 1);
      }
    }
    const { drawn, read, count } = commonest(counts);
    return drawn < 0 ? w('confusion.none') : w('confusion.alt', { drawn, read, count });
  }

  /** @param {'kernels' | 'maps' | 'maps2'} name @param {(values: Float32Array) => Uint32Array} inked */
  const rows = (name, inked) => (/** @type {Sheet} */ { g, width, height, palette }) => {
    const { rows: count, columns } = store.tables[name];
    if (count === 0) return w(`${name}.none`);
    const across = Math.round(Math.sqrt(columns));
    const fitted = tiles(count, width, TILE, TILE_GAP);
    const side = Math.min(fitted.side, Math.floor((height - TILE_GAP * (fitted.rows - 1)) / fitted.rows));
    for (let k = 0; k < count; k++) {
      const box = { x: (k % fitted.columns) * (side + TILE_GAP), y: Math.floor(k / fitted.columns) * (side + TILE_GAP), width: side, height: side };
      paint(g, inked(store.row(name, k)), across, box);
      framed(g, box, palette.rule);
    }
    return w(`${name}.alt`, { count });
  };
  const signed = (/** @type {Float32Array} */ values) => signedWords(values, gainOf(values), parts.palette());
  const grey = (/** @type {Float32Array} */ values) => {
    const gain = gainOf(values);
    return greyWords(values.map((v) => v * gain), parts.palette());
  };

  const drawings = { loss, accuracy, confusion, kernels: rows('kernels', signed), maps: rows('maps', grey), maps2: rows('maps2', grey) };
  const sheets = NAMES.map((name) => sheet(parts.palette, () => slot.querySelector(`[data-d="${name}"]`), drawings[name]));
  return {
    draw() {
      words();
      for (const one of sheets) one.draw();
    },
    resize() {
      for (const one of sheets) one.resize();
    },
  };
}
