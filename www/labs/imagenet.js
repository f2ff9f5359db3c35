/** The imagenet lab's stage: a photo, the push on it and what a network of 1,000 classes reads; the controls beside; two pictures to tell apart. */
import { nothing, render } from 'lit';
import { levelOf } from '../element/heading.js';
import { nearby } from '../lib/nearby.js';
import { turns } from '../lib/turns.js';
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
/** @typedef {import('./imagenet/types.js').Palette} Palette */

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
  const store = new Store(ctx.about);
  /** @type {string[]} */
  let names = [];
  /** @type {Palette | undefined} */
  let palette;
  /** @type {Parts} */
  const parts = {
    ctx, store,
    w: (key, vars) => ctx.t(`labs.imagenet.stage.${key}`, vars),
    palette: () => (palette ??= ctx.tokens()),
    name: (index) => names[index] ?? '',
  };
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(picking + css);
  ctx.root.adoptedStyleSheets.push(sheet);

  const place = (/** @type {HTMLElement} */ within, /** @type {string} */ kind) => {
    const slot = document.createElement('div');
    slot.className = kind;
    within.append(slot);
    return slot;
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
  const ids = /** @type {(keyof typeof below)[]} */ (Object.keys(below));
  /** All are drawn once, so that they have the room they take; while it moves those in view, and all when it stands still. @type {Set<string>} */
  const once = new Set();
  const draws = Object.fromEntries(ids.map((id) => [id, () => (once.add(id), below[id].draw())]));
  const others = turns([{ draw: photos.draw, every: 250 }, ...ids.map((id) => ({ draw: draws[id], every: 120, seen: () => near.has(id) || store.settled || !once.has(id) }))]);
  const near = nearby(places, (id) => store.version > 0 && others.came(draws[id]));

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
      palette = undefined;
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
      for (const slot of [stage, charts, net]) {
        for (const child of [...slot.querySelectorAll('.i-part, .i-section')].reverse()) if (child instanceof HTMLElement && child !== apart) render(nothing, child);
        slot.replaceChildren();
      }
      ctx.root.adoptedStyleSheets = ctx.root.adoptedStyleSheets.filter((other) => other !== sheet);
    },
  };
}
