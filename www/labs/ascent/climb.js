/** How the ascent went: what is climbed, by step, with what it is to be measured against and where its parts begin. */
import { ticks } from 'd3-array';
import { axes, curve, guess as drawGuess, haloed, labelCurves } from '../../draw/chart.js';

/** @typedef {import('../digits/sheet.js').Sheet} Sheet */

const DASH = [6, 4];

/**
 * Ends of an axis that holds all of these and the zero they are measured from.
 *
 * @param {number[]} values
 * @returns {[number, number]}
 */
export function span(values) {
  const known = values.filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...known), Math.max(0, ...known)];
  return high === low ? [0, 1] : [low, high + 0.06 * (high - low)];
}

/**
 * @param {Sheet} sheet
 * @param {object} what
 * @param {number[]} what.x steps
 * @param {number[]} what.y
 * @param {string} what.name of the curve
 * @param {string} what.xLabel
 * @param {number} [what.end] last step there will be, if that is known
 * @param {{ x?: number[], y: number[], name: string }} [what.beside] what to compare with: where it was measured, or a height and that again
 * @param {{ at: number, name: string }[]} [what.parts] steps at which a part begins
 * @param {{ x: number, y: number, name: string }} [what.guess] the reader's, where it is to be compared
 * @param {(v: number) => string} what.format
 */
export function climb({ g, width, height, palette }, { x, y, name, xLabel, end, beside, parts = [], guess, format }) {
  const last = Math.max(10, end ?? 0, x.at(-1) ?? 0);
  const [low, high] = span([...y, ...(beside?.y ?? [])]);
  const frame = axes(g, width, height, {
    x: [0, last], y: [low, high], xTicks: ticks(0, last, 4).filter(Number.isInteger), yTicks: ticks(low, high, 3), xFormat: format, yFormat: format, xLabel,
  }, palette);
  g.font = `400 13px ${palette.sans}`;
  g.textAlign = 'left';
  g.textBaseline = 'top';
  for (const { at, name: word } of parts) {
    const px = Math.round(frame.x(at)) + 0.5;
    if (at > 0) {
      g.strokeStyle = palette.rule;
      g.lineWidth = 1;
      g.beginPath();
      g.moveTo(px, frame.box.top);
      g.lineTo(px, frame.box.bottom);
      g.stroke();
    }
    haloed(g, word, px + 5, frame.box.top - 4, palette.ink3, palette.paper);
  }
  const series = [{ series: { x, y }, text: name, colour: palette.accent, fill: true }];
  if (beside?.y.length) {
    const line = { x: beside.x ?? [0, last], y: beside.y };
    curve(g, line, frame, { colour: palette.ink2, width: 1.8, dash: DASH });
    series.unshift({ series: line, text: beside.name, colour: palette.ink2, fill: false });
  }
  curve(g, { x, y }, frame, { colour: palette.accent, width: 2.4, fill: true });
  if (x.length > 1) labelCurves(g, series, frame, palette);
  if (guess) drawGuess(g, frame, guess.x, guess.y, guess.name, palette);
}
