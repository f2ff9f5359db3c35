/** The dream itself, large: it grows through its octaves in their true proportion; a wipe shows what was there before. */
import { html, render } from 'lit';
import { live } from 'lit/directives/live.js';
import { fill } from '../../element/fill.js';
import { icons } from '../../element/icons.js';
import { haloed } from '../../draw/chart.js';
import { pngOf, paintRgb, save } from '../ascent/rgb.js';
import { framed } from '../digits/pixels.js';
import { sheet } from '../digits/sheet.js';
import { boxOf } from './octaves.js';

/** @typedef {import('./types.js').Parts} Parts */

/** Room that a number in a corner takes. */
const CORNER = 26;

/** @param {ArrayLike<number>} values */
export const sideOf = (values) => Math.round(Math.sqrt(values.length / 3));

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 */
export function createPicture(parts, slot) {
  const { ctx, store, w } = parts;
  /** How much of the picture, from its left, is as it was. */
  let wipe = 0;
  let drawn = '';

  const now = () => store.table('picture').data;
  const full = () => sideOf(store.table('original').data) || Number(ctx.values().size);

  /** @param {number} share */
  function wiped(share) {
    wipe = Math.max(0, Math.min(1, share));
    self.draw();
  }

  /** @param {PointerEvent} event */
  function drag(event) {
    if (event.buttons === 0 && event.type !== 'pointerdown') return;
    const { left, width } = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    const box = boxOf(sideOf(now()), full(), width);
    wiped((event.clientX - left - box.x) / box.width);
  }

  async function keep() {
    const name = `uncrumple-dream-${ctx.values().photo}-${String(ctx.values().layer).replace(/^lite0\./, '')}-${store.step}.png`;
    save(await self.png(), name);
  }

  function words() {
    const side = sideOf(now());
    const said = JSON.stringify([side, Math.round(wipe * 100), ctx.t('ui.close')]);
    if (said === drawn) return;
    drawn = said;
    const size = ctx.number(side, { maximumFractionDigits: 0 });
    render(
      html`<canvas class="g-large" role="img" @pointerdown=${drag} @pointermove=${drag}></canvas>
        <div class="g-under"><div class="g-wipe"><label for="g-wipe">${w('wipe.label')}</label>
            <input class="slide" id="g-wipe" type="range" min="0" max="100" step="1" .value=${live(String(Math.round(100 * wipe)))} ${fill(wipe)}
              aria-valuetext=${w('wipe.at', { share: ctx.percent(wipe) })} @input=${(/** @type {Event} */ e) => wiped(/** @type {HTMLInputElement} */ (e.target).valueAsNumber / 100)} /></div>
          <button type="button" class="btn" ?disabled=${side === 0} @click=${keep}>${icons.file}${w('save', { side: size })}</button></div>`,
      slot,
    );
  }

  /** @param {import('../digits/sheet.js').Sheet} sheet */
  function drawing({ g, width, height, palette }) {
    const values = now();
    const side = sideOf(values);
    g.fillStyle = palette.wash;
    g.fillRect(0, 0, width, height);
    if (side === 0) return w('alt.none');
    const box = boxOf(side, full(), width);
    g.font = `400 13px ${palette.sans}`;
    g.textAlign = 'left';
    g.textBaseline = 'top';
    // What it has yet to grow through, from the outermost in.
    for (const coming of parts.sizes().filter((one) => one > side).reverse()) {
      const frame = boxOf(coming, full(), width);
      framed(g, frame, palette.edge);
      const inner = boxOf(Math.max(side, ...parts.sizes().filter((one) => one < coming)), full(), width);
      if (inner.y - frame.y >= CORNER) haloed(g, w('pixels', { side: ctx.number(coming) }), frame.x + 7, frame.y + 6, palette.ink2, palette.wash);
    }
    paintRgb(g, values, side, box);
    const original = store.table('original').data;
    const edge = box.x + wipe * box.width;
    if (wipe > 0 && original.length > 0) {
      g.save();
      g.beginPath();
      g.rect(box.x, box.y, wipe * box.width, box.height);
      g.clip();
      paintRgb(g, original, sideOf(original), box);
      g.restore();
      g.fillStyle = palette.paper;
      g.fillRect(edge - 2, box.y, 4, box.height);
      g.fillStyle = palette.accent;
      g.fillRect(edge - 1, box.y, 2, box.height);
    }
    framed(g, box, palette.edge);
    return w('alt.picture', { photo: parts.photo(), layer: parts.layer(), side: ctx.number(side), octave: parts.place().octave, octaves: parts.sizes().length || Number(ctx.values().octaves) });
  }

  const large = sheet(parts.palette, () => slot.querySelector('canvas'), drawing);
  const self = {
    draw() {
      words();
      large.draw();
    },
    resize: large.resize,
    /** The picture as it is now, pixel for pixel. */
    png: () => pngOf(now(), sideOf(now())),
  };
  return self;
}
