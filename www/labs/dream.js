/** The dream lab's stage: a photo, a layer, and the photo changed, octave by octave, into what excites that layer. */
import { mounting } from '../element/mounting.js';
import { createDepth } from './ascent/depth.js';
import { imageOf } from './ascent/rgb.js';
import { Store } from './ascent/store.js';
import { css as shared } from './ascent/style.js';
import { turns } from '../element/turns.js';
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
  const { place, clear, theme, ...words } = mounting(ctx, 'dream', picking + shared + css);
  const store = new Store(ctx.about);
  /** @type {number[]} */
  let sizes = [];
  let sized = '';
  /** @type {Parts} */
  const parts = {
    ctx, store, ...words,
    sizes: () => sizes,
    place: () => placeOf(store.step, Number(ctx.values().octaves), Number(ctx.values().perOctave)),
    photo: () => ctx.t(`labs.dream.choices.photo.${ctx.values().photo}`),
    layer: () => depth.name(),
  };
  const { stage } = ctx.slots;
  const picker = createPicker(ctx, place(stage, 'a-part'), () => own(store.table('original').data));
  const main = place(stage, 'g-main');
  const picture = createPicture(parts, place(main, 'a-part'));
  const progress = createProgress(parts, place(main, 'g-side a-part'));
  const depth = createDepth(parts, place(stage, 'a-part'));
  const others = turns([{ draw: depth.draw, every: 250 }, { draw: progress.draw, every: 60 }, { draw: picker.draw, every: 250 }]);

  /** The sides it grows through, asked for when a setting they depend on has changed. */
  async function measure() {
    const { size, octaves, scale } = ctx.values();
    const now = JSON.stringify([size, octaves, scale]);
    if (now === sized) return;
    sized = now;
    try {
      sizes = [...(await ctx.ask('sizes', []))];
      picture.draw();
      others.settle();
    } catch {
      sized = ''; // the run began again: asked once more with the next frame
    }
  }

  function repaint() {
    picture.draw();
    others.all();
  }

  return {
    frame(frame) {
      store.take(frame);
      void measure();
      picture.draw();
      // Once the last octave is done there is nothing more to compute, and a step changes only its own number.
      if (store.row('over')[0]) ctx.pause();
      if (frame.settled) others.settle();
      else if (store.version > 1) others.next(); // the first picture has enough to do
    },
    resize() {
      for (const part of [depth, picture, progress]) part.resize?.();
      repaint();
    },
    theme() {
      theme();
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
      clear();
    },
  };
}
