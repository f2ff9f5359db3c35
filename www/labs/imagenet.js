/** The imagenet lab's stage: a photo, the push on it and what a network of 1,000 classes reads; the controls beside; two pictures to tell apart. */
import { levelOf } from '../element/heading.js';
import { mounting } from '../element/mounting.js';
import { turnsBelow } from '../element/turns.js';
import { createBeside } from './imagenet/beside.js';
import { createEvolve } from './imagenet/evolve.js';
import { createGame } from './imagenet/game.js';
import { classNames } from './imagenet/names.js';
import { picture } from './imagenet/picture.js';
import { ships } from './imagenet/ships.js';
import { Store } from './imagenet/store.js';
import { css } from './imagenet/style.js';
import { createTrio } from './imagenet/trio.js';
import { createWipe } from './imagenet/wipe.js';
import { nowOf, summary, table, varsOf } from './imagenet/words.js';
import { createPicker } from './picture/picker.js';
import { css as picking } from './picture/style.js';

/** @typedef {import('./imagenet/types.js').StageContext} StageContext */
/** @typedef {import('./imagenet/types.js').StageView} StageView */
/** @typedef {import('./imagenet/types.js').Parts} Parts */

const classes = () => classNames(ships['labels.txt'].address);

export default {
  id: 'imagenet',
  hidden: ['photo', 'target', 'epsilon', 'quality'],
  course: 40,
  minors: ['flippedAtStep', 'gradientEvaluations', 'linf', 'l2'],
  names: { target: classes },
  ships,
  mount,
};

/**
 * @param {StageContext} ctx
 * @returns {StageView}
 */
function mount(ctx) {
  const { place, clear, theme, ...words } = mounting(ctx, 'imagenet', picking + css);
  const store = new Store(ctx.about);
  /** @type {string[]} */
  let names = [];
  /** @type {Parts} */
  const parts = {
    ctx, store, ...words,
    name: (index) => names[index] ?? '',
  };
  const { stage, charts, net } = ctx.slots;
  const photos = createPicker(ctx, place(stage, 'i-part'), () => store.pixels('original'), parts.w('shelf.names'));
  const trio = createTrio(parts, place(stage, 'i-part'));
  const slots = { evolve: place(net, 'i-part'), beside: place(charts, 'i-section') };
  const apart = place(charts, 'i-section i-apart');
  const head = place(apart, 'i-title');
  head.role = 'heading';
  head.ariaLevel = String(levelOf(ctx, 1));
  const below = {
    evolve: createEvolve(parts, slots.evolve),
    beside: createBeside(parts, slots.beside),
    wipe: createWipe(parts, place(apart, 'i-part')),
    game: createGame(parts, place(apart, 'i-part')),
  };
  const places = { ...slots, wipe: apart, game: apart };
  const { others, near } = turnsBelow(below, places, store, 120, { draw: photos.draw, every: 250 });

  function repaint() {
    head.textContent = parts.w('apart.title');
    trio.draw();
    others.all();
  }

  let gone = false;
  classes().then(
    (found) => {
      names = found;
      if (!gone && store.version > 0) repaint();
    },
    () => {}, // its numbers still say what happens
  );

  return {
    frame(frame) {
      store.take(frame);
      trio.draw();
      if (store.version === 1) head.textContent = parts.w('apart.title');
      if (frame.settled) others.settle();
      else others.next();
    },
    turned() {
      if (store.version === 0) return;
      photos.draw();
      trio.draw();
    },
    resize() {
      for (const part of Object.values(below)) part.resize?.();
      if (store.version > 0) repaint();
    },
    theme() {
      theme();
      if (store.version > 0) repaint();
    },
    summary: () => summary(parts),
    table: () => table(parts),
    nowOf: (group) => nowOf(parts, group),
    vars: () => varsOf(parts),
    undo: () => false,
    guess() {},
    picture: () => picture(parts),
    destroy() {
      gone = true;
      others.stop();
      near.stop();
      photos.stop?.();
      clear();
    },
  };
}
