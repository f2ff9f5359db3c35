/** The filters lab's stage: a layer, the picture that excites a unit of it most, and beside it everything that says what such a picture is not. */
import { nothing, render } from 'lit';
import { mounting } from '../element/mounting.js';
import { createDepth } from './ascent/depth.js';
import { imageOf } from './ascent/rgb.js';
import { Store } from './ascent/store.js';
import { css as shared } from './ascent/style.js';
import { turns } from '../element/turns.js';
import { pieces } from './digits/pieces.js';
import { createAnswers } from './filters/answers.js';
import { createExciting, createNearest } from './filters/beside.js';
import { createCurve } from './filters/curve.js';
import { createGoal } from './filters/goal.js';
import { createGrid } from './filters/grid.js';
import { columnsOf, isDigits } from './filters/look.js';
import { picture } from './filters/picture.js';
import { ships } from './filters/ships.js';
import { createShown } from './filters/shown.js';
import { css } from './filters/style.js';
import { summary, table, vars } from './filters/words.js';
import { classNames } from './imagenet/names.js';
import { createPicker } from './picture/picker.js';
import { css as picking } from './picture/style.js';

/** @typedef {import('./ascent/types.js').StageContext} StageContext */
/** @typedef {import('./ascent/types.js').StageView} StageView */
/** @typedef {import('./ascent/types.js').Parts} Parts */

export default {
  id: 'filters',
  hidden: ['layer', 'training', 'unit', 'goal', 'photo', 'item', 'epsilon'],
  minors: ['confidence', 'nearestNeighbourDistance', 'highFrequencyShare', 'step'],
  ships,
  mount,
};

/** The reader's own photo, as the lab cut it. @param {Float32Array} rgb */
const own = (rgb) => (rgb.length > 0 ? imageOf(rgb, columnsOf(rgb)) : undefined);

/**
 * @param {StageContext} ctx
 * @returns {StageView}
 */
function mount(ctx) {
  const { place, clear, theme, ...words } = mounting(ctx, 'filters', picking + pieces + shared + css);
  const store = new Store(ctx.about);
  /** @type {Parts} */
  const parts = { ctx, store, ...words };
  /** @type {string[]} */
  let names = [];
  const labels = { get all() { return names; }, of: (/** @type {number} */ index) => names[index] ?? ctx.number(index) };
  const { stage } = ctx.slots;
  const depth = createDepth(parts, place(stage, 'a-part'), {
    networks: (network) => (network === 'digits' ? ctx.control('training') : ''),
    along: { unit: 0 }, // the other layer may have fewer
  });
  const shelf = place(stage, 'a-part');
  const main = place(stage, 'f-main');
  const shown = createShown(parts, place(main, 'a-part'), depth, labels);
  const side = place(main, 'f-side');
  const grid = createGrid(parts, place(side, 'a-part'));
  const goal = createGoal(parts, place(side, 'a-part'));
  const curve = createCurve(parts, place(side, 'a-part'));
  const beside = place(stage, 'f-beside');
  const exciting = createExciting(parts, place(beside, 'a-part'));
  const said = place(beside, 'a-part');
  const answers = createAnswers(parts, said, labels);
  const last = place(beside, 'a-part');
  const nearest = createNearest(parts, last);
  const others = turns([
    { draw: grid.draw, every: 60 }, { draw: exciting.draw, every: 250 }, { draw: answers.draw, every: 150 }, { draw: nearest.draw, every: 250 }, { draw: curve.draw, every: 150 },
  ]);
  let named = false;

  /** Names are fetched when there is something to name. */
  function name() {
    if (named || isDigits(parts)) return;
    named = true;
    classNames(ships['labels.txt'].address).then(
      (all) => {
        names = all;
        repaint();
      },
      () => (named = false), // until they come, classes go by their numbers
    );
  }

  /** Of a network whose units are not all shown at once, what it answers stands where they would. */
  function arrange() {
    const within = isDigits(parts) ? beside : side;
    if (said.parentElement !== within) within.insertBefore(said, isDigits(parts) ? last : side.firstChild);
  }

  /** @type {ReturnType<typeof createPicker> | undefined} */
  let photos;

  /** Photos are to be picked where one is begun from. */
  function pick() {
    if (isDigits(parts) || ctx.values().goal === 'fooling') {
      photos?.stop();
      photos = undefined;
      return render(nothing, shelf);
    }
    photos ??= createPicker(ctx, shelf, () => own(store.row('start')));
    photos.draw();
  }

  function upper() {
    arrange();
    pick();
    depth.draw();
    shown.draw();
    goal.draw();
  }

  function repaint() {
    upper();
    others.all();
  }

  return {
    frame(frame) {
      store.take(frame);
      name();
      upper();
      if (frame.settled) others.settle();
      else others.next();
    },
    resize() {
      for (const part of [depth, shown, curve]) part.resize?.();
      repaint();
    },
    theme() {
      theme();
      repaint();
    },
    summary: () => summary(parts, labels, depth.name()),
    table: () => table(parts),
    nowOf: () => '',
    vars: () => vars(parts, labels, depth.name()),
    undo: () => false,
    guess() {},
    picture: () => picture(parts),
    destroy() {
      others.stop();
      photos?.stop();
      clear();
    },
  };
}
