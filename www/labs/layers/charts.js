/** The charts under the figure: how far a flat cut gets after every layer, and how much lengths change on the way. */
import { html, render } from 'lit';
import { axes, guess as drawGuess } from '../../draw/chart.js';
import { fit } from '../../draw/plane.js';
import { heading } from '../../element/heading.js';
import { momentOf } from './way.js';

/** @typedef {import('./types.js').Parts} Parts */
/** @typedef {import('./types.js').Palette} Palette */
/** @typedef {{ g: CanvasRenderingContext2D, width: number, height: number, palette: Palette }} Sheet */

const NAMES = /** @type {const} */ (['probe', 'stretch']);
/** The histogram runs from 2⁻⁶ to 2⁶. */
const OCTAVES = 6;

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 */
export function createCharts(parts, slot) {
  const { ctx, store, view, w } = parts;
  /** @type {number | undefined} */
  let guess;
  render(html`${NAMES.map(() => html`<div class="chart">${heading(ctx, '')}<canvas role="img"></canvas></div>`)}`, slot);
  const canvases = slot.getElementsByTagName('canvas');
  const titles = slot.getElementsByTagName('p');

  /** @param {Sheet} sheet */
  function probe({ g, width, height, palette }) {
    const layers = Array.from({ length: store.last + 1 }, (_, l) => l);
    const frame = axes(g, width, height, {
      x: [-0.6, store.last + 0.6], y: [0, 1], xTicks: layers, yTicks: [0, 0.5, 1],
      xFormat: (l) => (l === 0 ? w('chart.probe.raw') : String(l)), yFormat: (v) => ctx.percent(v), xLabel: w('chart.probe.x'), yLabel: w('chart.probe.y'),
    }, palette);
    const half = Math.min(26, (frame.x(1) - frame.x(0)) * 0.32);
    for (const l of layers) {
      const share = store.probe(l);
      if (!Number.isFinite(share)) continue;
      const [x, y] = [frame.x(l), frame.y(share)];
      g.fillStyle = l === 0 ? palette.edge : palette.accent;
      g.globalAlpha = l === 0 || l === store.last ? 1 : 0.62;
      g.fillRect(x - half, y, 2 * half, frame.box.bottom - y);
      g.globalAlpha = 1;
    }
    const raw = frame.y(store.probe(0));
    if (Number.isFinite(raw)) {
      g.setLineDash([5, 4]);
      g.strokeStyle = palette.ink2;
      g.lineWidth = 1.4;
      g.beginPath();
      g.moveTo(frame.box.left, raw);
      g.lineTo(frame.box.right, raw);
      g.stroke();
      g.setLineDash([]);
    }
    if (guess !== undefined) drawGuess(g, frame, store.last, guess, w('chart.probe.guess'), palette);
    return w('chart.probe.alt', { list: layers.map((l) => `${l}: ${ctx.percent(store.probe(l))}`).join('; ') });
  }

  /** The layer whose stretches are shown: the one the picture stands in or after. */
  const shown = () => Math.max(1, Math.min(store.last, momentOf(view.t, store.last).layer));

  /** @param {Sheet} sheet */
  function stretch({ g, width, height, palette }) {
    const { columns, data } = store.tables.stretch;
    const bins = columns / 2;
    const layer = shown();
    const row = store.last > 0 ? data.subarray((layer - 1) * columns, layer * columns) : new Float32Array(columns);
    const measured = Number.isFinite(row[0] ?? NaN);
    const top = measured ? Math.max(0.1, Math.ceil(Math.max(...row) * 12.5) / 10) : 0.5;
    const power = (/** @type {number} */ v) => (v < 0 ? `1/${2 ** -v}` : `${2 ** v}`) + (Math.abs(v) === OCTAVES ? (v > 0 ? ' +' : '') : '');
    const frame = axes(g, width, height, {
      x: [-OCTAVES, OCTAVES], y: [0, top], xTicks: [-6, -4, -2, 0, 2, 4, 6], yTicks: [0, top / 2, top],
      xFormat: power, yFormat: (v) => ctx.percent(v), xLabel: w('chart.stretch.x'), yLabel: w('chart.stretch.y'),
    }, palette);
    const one = Math.round(frame.x(0)) + 0.5;
    g.strokeStyle = palette.edge;
    g.beginPath();
    g.moveTo(one, frame.box.top);
    g.lineTo(one, frame.box.bottom);
    g.stroke();
    if (measured) {
      for (const [half, colour, alpha] of /** @type {const} */ ([[1, palette.edge, 0.75], [0, palette.accent, 0.75]])) {
        g.globalAlpha = alpha;
        g.fillStyle = colour;
        for (let b = 0; b < bins; b++) {
          const share = row[half * bins + b];
          if (share === 0) continue;
          const [left, right] = [frame.x((b / bins) * 2 * OCTAVES - OCTAVES), frame.x(((b + 1) / bins) * 2 * OCTAVES - OCTAVES)];
          g.fillRect(left + 0.5, frame.y(share), Math.max(1, right - left - 1), frame.box.bottom - frame.y(share));
        }
      }
      g.globalAlpha = 1;
      label(g, frame, row.subarray(0, bins), w('chart.stretch.most'), palette.accent, palette, 4);
      label(g, frame, row.subarray(bins), w('chart.stretch.least'), palette.ink2, palette, 22);
    }
    const { most, least } = store.strength(layer);
    return w('chart.stretch.alt', { layer, most: ctx.number(most, { maximumSignificantDigits: 3 }), least: ctx.readout(least, 'number') });
  }

  /** Writes a series' name where it is. @param {CanvasRenderingContext2D} g @param {import('../../draw/chart.js').Axes} frame @param {Float32Array} row @param {string} text @param {string} colour @param {Palette} palette @param {number} down */
  function label(g, frame, row, text, colour, palette, down) {
    const total = row.reduce((sum, v) => sum + v, 0);
    const middle = row.reduce((sum, v, b) => sum + v * (b + 0.5), 0) / Math.max(1e-9, total);
    g.font = `600 13px ${palette.sans}`;
    g.textAlign = 'left';
    g.textBaseline = 'top';
    const room = g.measureText(text).width;
    const x = Math.max(frame.box.left, Math.min(frame.box.right - room, frame.x((middle / row.length) * 2 * OCTAVES - OCTAVES) - room / 2));
    g.lineWidth = 4;
    g.strokeStyle = palette.paper;
    g.lineJoin = 'round';
    g.strokeText(text, x, frame.box.top + down);
    g.fillStyle = colour;
    g.fillText(text, x, frame.box.top + down);
  }

  const drawings = [probe, stretch];
  /** @type {[number, number][]} asked once a size: asking lays the page out */
  let sizes = [];
  return {
    draw() {
      const palette = parts.palette();
      [w('chart.probe.title'), w('chart.stretch.title', { layer: shown() })].forEach((text, i) => {
        if (titles[i].textContent !== text) titles[i].textContent = text;
      });
      drawings.forEach((drawing, i) => {
        const canvas = canvases[i];
        const [width, height] = (sizes[i] ??= [canvas.clientWidth, canvas.clientHeight]);
        if (width === 0 || height === 0) return;
        const g = fit(canvas, width, height, devicePixelRatio);
        g.clearRect(0, 0, width, height);
        canvas.setAttribute('aria-label', drawing({ g, width, height, palette }));
      });
    },
    resize() {
      sizes = [];
    },
    /** @param {number | undefined} share */
    guess(share) {
      guess = share;
    },
  };
}
