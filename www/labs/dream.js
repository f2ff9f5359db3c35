/** The dream lab's stage: a photo, a layer, and the photo changed, octave by octave, into what excites that layer. */
import { nothing, render } from 'lit';
import { createDepth } from './ascent/depth.js';
import { imageOf } from './ascent/rgb.js';
import { Store } from './ascent/store.js';
import { css as shared } from './ascent/style.js';
import { turns } from '../lib/turns.js';
import { placeOf } from './dream/octaves.js';
import { createPicture, sideOf } from './dream/picture.js';
import { createProgress } from './dream/progress.js';
import { css } from './dream/style.js';
import { summary, table } from './dream/words.js';
import { ships } from './imagenet/ships.js';
import { createPicker } from './picture/picker.js';
import { css as picking } from './picture/style.js';

/** @typedef {import('./ascent/types.js').StageContext} StageContext */
/** @typedef {import('./ascent/types.js').StageView} StageView */
/** @typedef {import('./dream/types.js').Parts} Parts */
/** @typedef {import('./ascent/types.js').Palette} Palette */

export default {
  id: 'dream',
  hidden: ['photo', 'layer'],
  minors: ['octave', 'step'],
  ships,
  mount,
};

/** The reader's own photo, as the lab cut it. @param {Float32Array} rgb */
const own = (rgb) => (rgb.length > 0 ? imageOf(rgb, sideOf(rgb)) : undefined);

/**
 * @param {StageContext} ctx
 * @returns {StageView}
 */
function mount(ctx) {
  const store = new Store(ctx.about);
  /** @type {Palette | undefined} */
  let palette;
  /** @type {number[]} */
  let sizes = [];
  let sized = '';
  /** @type {Parts} */
  const parts = {
    ctx, store,
    w: (key, vars) => ctx.t(`labs.dream.stage.${key}`, vars),
    palette: () => (palette ??= ctx.tokens()),
    sizes: () => sizes,
    place: () => placeOf(store.step, Number(ctx.values().octaves), Number(ctx.values().perOctave)),
    photo: () => ctx.t(`labs.dream.choices.photo.${ctx.values().photo}`),
    layer: () => depth.name(),
  };
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(picking + shared + css);
  ctx.root.adoptedStyleSheets.push(sheet);

  const place = (/** @type {HTMLElement} */ within, /** @type {string} */ kind) => {
    const slot = document.createElement('div');
    slot.className = kind;
    within.append(slot);
    return slot;
  };
  const { stage } = ctx.slots;
  const picker = createPicker(ctx, place(stage, 'a-part'), () => own(store.table('original').data));
  const main = place(stage, 'g-main');
  const picture = createPicture(parts, place(main, 'a-part'));
  const progress = createProgress(parts, place(main, 'g-side a-part'));
  const depth = createDepth(parts, place(stage, 'a-part'));
  const others = turns([{ draw: progress.draw, every: 60 }, { draw: picker.draw, every: 250 }]);

  /** The sides it grows through, asked for when a setting they depend on has changed. */
  async function measure() {
    const { size, octaves, scale } = ctx.values();
    const now = JSON.stringify([size, octaves, scale]);
    if (now === sized) return;
    sized = now;
    try {
      sizes = [...(await ctx.ask('sizes', []))];
      repaint();
    } catch {
      sized = ''; // the run began again: asked once more with the next frame
    }
  }

  function upper() {
    depth.draw();
    picture.draw();
  }

  function repaint() {
    upper();
    others.all();
  }

  return {
    frame(frame) {
      store.take(frame);
      void measure();
      upper();
      // Once the last octave is done there is nothing more to compute, and a step changes only its own number.
      if (store.row('over')[0]) ctx.pause();
      if (frame.settled) others.settle();
      else others.next();
    },
    resize() {
      for (const part of [depth, picture, progress]) part.resize?.();
      repaint();
    },
    theme() {
      palette = undefined;
      repaint();
    },
    summary: () => summary(parts),
    table: () => table(parts),
    nowOf: () => '',
    vars: () => ({ before: ctx.readout(store.row('curve')[2] ?? NaN, 'number'), share: ctx.percent(store.readouts.noiseShare ?? NaN) }),
    undo: () => false,
    guess(share) {
      progress.guess?.(share);
      progress.draw();
    },
    picture: () => picture.png(),
    destroy() {
      others.stop();
      picker.stop?.();
      for (const child of stage.querySelectorAll('.a-part')) if (child instanceof HTMLElement) render(nothing, child);
      stage.replaceChildren();
      ctx.root.adoptedStyleSheets = ctx.root.adoptedStyleSheets.filter((other) => other !== sheet);
    },
  };
}
