/** How far it has come: octaves as squares that fill, the climb so far, and the picture it began from. */
import { html, render } from 'lit';
import { heading } from '../../element/heading.js';
import { climb } from '../ascent/climb.js';
import { stampRgb } from '../ascent/rgb.js';
import { sheet } from '../digits/sheet.js';
import { beginnings, row } from './octaves.js';
import { sideOf } from './picture.js';

/** @typedef {import('./types.js').Parts} Parts */

const GAP = 10;
/** Room under the squares for their sides in pixels. */
const WORDS = 20;

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 * @returns {import('../ascent/types.js').Part}
 */
export function createProgress(parts, slot) {
  const { ctx, store, w } = parts;
  let drawn = '';
  let stamped = '';
  /** The share of its answer to the dream that the reader said it would give to as much change at random. @type {number | undefined} */
  let guessed;
  const whole = (/** @type {number} */ n) => ctx.number(n, { maximumFractionDigits: 0 });

  function sentence() {
    const { octave, within, done } = parts.place();
    const { octaves, perOctave } = ctx.values();
    return done ? w('progress.done', { octaves: Number(octaves) }) : w('progress.at', { octave, octaves: Number(octaves), step: within, steps: Number(perOctave) });
  }

  function words() {
    const now = JSON.stringify([sentence(), ctx.t('ui.close')]);
    if (now === drawn) return;
    drawn = now;
    render(
      html`<div class="g-from">${heading(ctx, w('original'))}<canvas class="g-original" role="img" aria-label=${w('alt.original', { photo: parts.photo() })}></canvas></div>
        <div class="g-octaves">${heading(ctx, w('progress.title'))}<canvas data-g="octaves" aria-hidden="true"></canvas><p class="a-line">${sentence()}</p></div>
        <div class="g-climb">${heading(ctx, w('curve.title'))}<canvas class="a-chart" data-g="climb" role="img"></canvas></div>`,
      slot,
    );
  }

  /** @param {import('../digits/sheet.js').Sheet} sheet */
  function squares({ g, width, height, palette }) {
    const { octave, within, done } = parts.place();
    const sides = parts.sizes();
    g.textAlign = 'center';
    g.textBaseline = 'bottom';
    row(sides, width, height - WORDS, GAP).forEach((box, k) => {
      const share = done || k + 1 < octave ? 1 : k + 1 > octave ? 0 : within / Math.max(1, Number(ctx.values().perOctave));
      g.fillStyle = palette.accentWash;
      g.fillRect(box.x, box.y, box.width, box.height);
      g.fillStyle = palette.accent;
      g.fillRect(box.x, box.y + (1 - share) * box.height, box.width, share * box.height);
      g.strokeStyle = share > 0 ? palette.accent : palette.edge;
      g.lineWidth = 1;
      g.strokeRect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1);
      const now = k + 1 === octave && !done;
      g.font = `${now ? 600 : 400} 13px ${palette.sans}`;
      g.fillStyle = now ? palette.accent : palette.ink2;
      if (box.width > 22) g.fillText(whole(sides[k]), box.x + box.width / 2, height);
    });
    return '';
  }

  /** @param {import('../digits/sheet.js').Sheet} sheet */
  function climbing(sheet) {
    const [x, y] = [store.column('curve', 0), store.column('curve', 2)];
    if (x.length === 0) return w('curve.none');
    const [octaves, perOctave] = [Number(ctx.values().octaves), Number(ctx.values().perOctave)];
    climb(sheet, {
      x, y, end: octaves * perOctave, name: w('curve.name'), xLabel: w('curve.x'), format: (v) => ctx.number(v, { maximumSignificantDigits: 2 }),
      parts: beginnings(octaves, perOctave).map((at, k) => ({ at, name: String(k + 1) })),
      beside: { x: store.column('underNoise', 0), y: store.column('underNoise', 1), name: w('curve.noise') },
      ...(guessed !== undefined && parts.place().done ? { guess: { x: x[x.length - 1], y: guessed * y[y.length - 1], name: w('curve.guess') } } : {}),
    });
    const [first, last, noise] = [y[0], y.at(-1) ?? NaN, store.readouts.noiseObjective].map((v) => ctx.readout(v, 'number'));
    return w('curve.alt', { first, last, noise, step: whole(x.at(-1) ?? 0) });
  }

  const sheets = [sheet(parts.palette, () => slot.querySelector('[data-g="octaves"]'), squares), sheet(parts.palette, () => slot.querySelector('[data-g="climb"]'), climbing)];
  return {
    draw() {
      words();
      for (const one of sheets) one.draw();
      const original = store.table('original').data;
      const canvas = slot.querySelector('.g-original');
      const now = `${original.length} ${original[0]} ${original[original.length >> 1]} ${ctx.values().photo}`;
      if (canvas instanceof HTMLCanvasElement && now !== stamped) {
        stampRgb(canvas, original, sideOf(original));
        stamped = now;
      }
    },
    resize() {
      for (const one of sheets) one.resize();
    },
    guess(share) {
      guessed = share;
    },
  };
}
