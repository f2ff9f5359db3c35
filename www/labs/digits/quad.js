/** The digit, the push, and their sum: three pictures in a row, one canvas. */
import { haloed } from '../../draw/chart.js';
import { fit } from '../../draw/plane.js';
import { answerOf, sizeOf, SIDE } from './store.js';
import { sureText } from './words.js';
import { difference, framed, gainFor, greyWords, paint, signedWords } from './pixels.js';

/** @typedef {import('./types.js').Parts} Parts */

/** Between two pictures, where the sign stands; under them, where the words do. In CSS pixels, as the sheet has them. */
const GAP = 28;
const WORDS = 46;

/** Where the three pictures stand in a width. @param {number} width */
export function places(width) {
  const side = Math.floor((width - 2 * GAP) / 3);
  return { side, height: side + WORDS, boxes: [0, 1, 2].map((k) => ({ x: k * (side + GAP), y: 0, width: side, height: side })) };
}

/** What the parts of the stage say of the pictures that stand there. @param {Parts} parts */
export function shownNow({ store, view }) {
  const row = Math.min(view.row, store.lastRow);
  const [first, now] = [store.row('push', 0), store.row('push', row)];
  const original = first.length ? first : store.row('shown');
  const pushed = now.length ? now : original;
  const [before, after] = [answerOf(store.row('answers', 0)), answerOf(store.row('answers', row))];
  const size = sizeOf(original, pushed);
  return { row, original, pushed, before, after, ...size, gain: gainFor(size.linf), truth: store.truth };
}

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 * @returns {import('./types.js').Part}
 */
export function createQuad(parts, slot) {
  const { ctx, store, view, w } = parts;
  const canvas = document.createElement('canvas');
  canvas.setAttribute('role', 'img');
  slot.append(canvas);
  let width = 0;
  const sure = (/** @type {number} */ share) => sureText(ctx, share);

  return {
    draw() {
      width ||= canvas.clientWidth;
      if (width === 0) return;
      const palette = parts.palette();
      const { side, height, boxes } = places(width);
      const g = fit(canvas, width, height, devicePixelRatio);
      g.clearRect(0, 0, width, height);
      const { original, pushed, before, after, linf, l2, gain } = shownNow(parts);
      if (original.length === 0) return;
      const pictures = [
        greyWords(original, palette),
        signedWords(difference(original, pushed), gain, palette),
        greyWords(view.before ? original : pushed, palette),
      ];
      const reads = (/** @type {{ best: number, share: number }} */ { best, share }) => (best < 0 ? '' : w('quad.reads', { digit: best, share: sure(share) }));
      const words = [
        [w('quad.original'), reads(before)],
        [w('quad.push', { gain }), w('quad.largest', { size: ctx.number(linf, { minimumFractionDigits: 2, maximumFractionDigits: 2 }) })],
        [w(view.before ? 'quad.original' : 'quad.pushed'), reads(view.before ? before : after)],
      ];
      boxes.forEach((box, k) => {
        paint(g, pictures[k], SIDE, box);
        framed(g, box, palette.edge);
        g.textAlign = 'left';
        g.textBaseline = 'top';
        g.font = `400 13px ${palette.sans}`;
        g.fillStyle = palette.ink2;
        g.fillText(words[k][0], box.x, side + 7, side + GAP - 6);
        g.font = `600 14px ${palette.sans}`;
        g.fillStyle = k === 1 ? palette.ink2 : palette.ink;
        g.fillText(words[k][1], box.x, side + 25, side + GAP - 6);
      });
      g.font = `400 22px ${palette.sans}`;
      g.textAlign = 'center';
      g.textBaseline = 'middle';
      ['+', '='].forEach((sign, k) => haloed(g, sign, (k + 1) * (side + GAP) - GAP / 2, side / 2, palette.ink2, palette.paper));
      const known = store.truth >= 0 ? w('alt.is', { digit: store.truth }) : w('alt.own');
      canvas.setAttribute('aria-label', `${known} ${w('alt.push', {
        before: before.best, beforeShare: sure(before.share), after: after.best, afterShare: sure(after.share),
        linf: ctx.number(linf, { maximumFractionDigits: 3 }), l2: ctx.number(l2, { maximumFractionDigits: 2 }), gain,
      })}`);
    },
    resize() {
      width = 0;
    },
  };
}
