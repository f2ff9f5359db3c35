/** The digits lab's stage: digits to pick, the push on one of them and its answers; below, 300 of them, the space around, the reader's own. */
import { mounting } from '../element/mounting.js';
import { turnsBelow } from '../element/turns.js';
import { createAnswers } from './digits/answers.js';
import { createLearned } from './digits/learned.js';
import { createOff } from './digits/off.js';
import { createPad } from './digits/pad.js';
import { createPush } from './digits/push.js';
import { createQuad } from './digits/quad.js';
import { createRobust } from './digits/robust.js';
import { createShelf, OWN } from './digits/shelf.js';
import { ships } from './digits/ships.js';
import { createSlice } from './digits/slice.js';
import { Store } from './digits/store.js';
import { css } from './digits/style.js';
import { createVector } from './digits/vector.js';
import { countsOf, nowOf, summary, table } from './digits/words.js';

/** @typedef {import('./digits/types.js').StageContext} StageContext */
/** @typedef {import('./digits/types.js').StageView} StageView */
/** @typedef {import('./digits/types.js').Parts} Parts */
/** @typedef {import('./digits/types.js').ViewState} ViewState */

export default {
  id: 'digits',
  hidden: ['item', 'method', 'epsilon', 'radius', 'target', 'off', 'strength'],
  minors: ['testAccuracy', 'certifiedShare', 'zeroGradientShare', 'gradientEvaluations'],
  ships,
  mount,
};

/**
 * @param {StageContext} ctx
 * @returns {StageView}
 */
function mount(ctx) {
  const { place, clear, theme, ...words } = mounting(ctx, 'digits', css);
  const store = new Store(ctx.about);
  /** @type {ViewState} */
  const view = { row: Infinity, before: false };
  /** @type {Parts} */
  const parts = {
    ctx, store, view, show, drew, ...words,
  };
  const { stage, charts } = ctx.slots;
  const shelf = createShelf(parts, place(stage, 'd-part'));
  const quad = createQuad(parts, place(stage, 'd-quad'));
  const push = createPush(parts, place(stage, 'd-part'));
  const answers = createAnswers(parts, place(stage, 'd-part'));
  const slots = {
    robust: place(charts, 'd-section'),
    pad: place(charts, 'd-section'),
    slice: place(ctx.slots.net, 'd-slice'),
    vector: place(charts, 'd-section'),
    learned: place(charts, 'd-section'),
    off: place(charts, 'd-section'),
  };
  const robust = createRobust(parts, slots.robust);
  const pad = createPad(parts, slots.pad);
  const slice = createSlice(parts, slots.slice);
  const below = { robust, pad, slice, vector: createVector(parts, slots.vector), learned: createLearned(parts, slots.learned), off: createOff(parts, slots.off) };
  const { others, near } = turnsBelow(below, slots, store, 250, { draw: shelf.draw, every: 250 });

  /** What follows the hand at once. */
  function upper() {
    quad.draw();
    push.draw();
    answers.draw();
  }

  /** @param {Partial<ViewState>} change */
  function show(change) {
    Object.assign(view, change);
    upper();
    for (const name of /** @type {const} */ (['slice', 'vector'])) if (near.has(name)) below[name].draw();
  }

  function drew() {
    if (Number(ctx.values().item) !== OWN) ctx.look('item', OWN);
  }

  function repaint() {
    upper();
    others.all();
  }

  return {
    frame(frame) {
      store.take(frame);
      upper();
      pad.follow();
      if (frame.settled) others.settle();
      else others.next();
    },
    resize() {
      for (const part of [quad, answers, ...Object.values(below)]) part.resize?.();
      repaint();
    },
    theme() {
      theme();
      repaint();
    },
    summary: () => summary(parts),
    table: () => table(parts),
    nowOf: (group) => nowOf(parts, group),
    vars: () => countsOf(parts),
    undo: () => pad.undo(),
    guess(share) {
      robust.guess?.(share);
      robust.draw();
    },
    destroy() {
      others.stop();
      near.stop();
      push.stop?.();
      clear();
    },
  };
}
