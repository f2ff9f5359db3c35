/** The uncrumple lab's stage: two sheets of paper as every layer sees them, turned by hand, and the exact way back beside the learned one. */
import { fit } from '../draw/plane.js';
import { mounting } from '../element/mounting.js';
import { turns } from '../element/turns.js';
import { FIRST } from './uncrumple/camera.js';
import { coloursOf } from './uncrumple/colours.js';
import { FlatPainter } from './uncrumple/flat.js';
import { PhotoError, choosePhoto, readPhoto } from './uncrumple/photo.js';
import { Between } from './uncrumple/sheet.js';
import { Inverse, Store, floorUnder } from './uncrumple/store.js';
import { createStrip } from './uncrumple/strip.js';
import { css } from './uncrumple/style.js';
import { createView } from './uncrumple/view.js';
import { altText, foldStations, layerStations, summary, table } from './uncrumple/words.js';

/** @typedef {import('./uncrumple/types.js').StageContext} StageContext */
/** @typedef {import('./uncrumple/types.js').StageView} StageView */
/** @typedef {import('./uncrumple/types.js').ViewState} ViewState */
/** @typedef {import('./uncrumple/types.js').Scene} Scene */
/** @typedef {import('./uncrumple/words.js').Parts} Parts */

/** Facets along an edge of a print. */
const PRINT = 10;
/** @type {Float32Array} */
const NONE = new Float32Array(0);
/** @type {[Float32Array, Float32Array]} */
const NO_POINTS = [NONE, NONE];
/** Accuracies between which the view follows from the first station to the last. */
const [GUESSING, LEARNT] = [0.58, 0.98];
/** Share of the way to where it should be that the view moves in a frame. */
const EASE = 0.14;
/** How often words are said anew while it trains, in milliseconds, and what only screen readers are told. */
const [WORDS_MS, LABEL_MS] = [160, 500];

export default {
  id: 'uncrumple',
  thumbnails: 'dataset',
  minors: ['inverseProbe', 'accuracy', 'loss', 'step'],
  mount,
};

/**
 * @param {StageContext} ctx
 * @returns {StageView}
 */
function mount(ctx) {
  const { place, clear, w } = mounting(ctx, 'uncrumple', css);
  const store = new Store(ctx.about);
  const inverse = new Inverse();
  /** @type {ViewState} */
  const view = { station: 0, follow: true, exact: false, points: false, orbit: { ...FIRST } };
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  /** @type {{ bitmap: ImageBitmap, small: Uint8ClampedArray } | null} */
  let photo = null;
  /** @type {import('./uncrumple/types.js').Colours | undefined} */
  let colours;
  let goal = 0;
  /** The animation frame in which the next picture is drawn, 0 for none. */
  let asked = 0;
  /** Whether a frame of the run came since the last picture. */
  let fresh = false;
  let paperOf = '';
  /** What the picture shows, and what a print. */
  const [shown, printed] = [new Between(), new Between()];

  /** @type {Parts} */
  const parts = {
    ctx, store, view,
    message: { text: '', bad: false },
    w,
    stations: () => (view.exact ? foldStations(parts, inverse.papers.length) : layerStations(parts)),
    cutShown: () => !view.exact && store.count > 0 && view.station > store.count - 1.6,
  };

  const box = place(ctx.slots.stage, 'u-view');
  box.tabIndex = 0;
  box.setAttribute('role', 'application');
  box.setAttribute('aria-label', parts.w('view'));
  const canvases = ['u-space', 'u-flat'].map((name) => Object.assign(document.createElement('canvas'), { className: name }));
  for (const canvas of canvases) {
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', w('alt')); // until there is something to tell of it
  }
  box.append(...canvases);
  const below = place(ctx.slots.key);

  const strip = createStrip(below, parts, {
    go: (k) => (choose(k), paint()),
    slide: (s) => (choose(s), (view.station = s), paint()),
    follow: (on) => ((view.follow = on), aim(), paint()),
    exact: showExact,
    points: (on) => ((view.points = on), paint()),
    photo: printPhoto,
  });
  const picture = createView(box, {
    view,
    changed: paint,
    flat(why) {
      say(why ? parts.w(`flat.${why}`) : '', false);
    },
  });
  const others = turns([
    { draw: strip.draw, every: WORDS_MS },
    { draw: label, every: LABEL_MS },
    // More than there are stations in the deepest network.
    ...Array.from({ length: 12 }, (_, k) => ({ draw: () => drawPrint(k), every: 1000, seen: () => k <= last() })),
  ]);
  const printers = new WeakMap();

  /** @param {number} k */
  const paperAt = (k) => (view.exact ? inverse.papers[k] : store.paper(k));
  const last = () => Math.max(0, (view.exact ? inverse.papers.length : store.count) - 1);
  const isThere = () => store.version > 0 && (!view.exact || inverse.papers.length > 0);

  /** @param {number} station @param {Between} between @returns {Scene} */
  function sceneAt(station, between) {
    const s = Math.min(Math.max(station, 0), last());
    const [k, next] = [Math.floor(s), Math.ceil(s)];
    const points = between === shown && view.points && !view.exact;
    const of = `${view.exact ? `exact ${inverse.version}` : store.version} ${s} ${points}`;
    const { version, sheet, ...dots } = between.take(of, s - k, [paperAt(k), paperAt(next)], points ? [store.points(k), store.points(next)] : NO_POINTS, points ? store.answers : NONE);
    return {
      version, sheet,
      side: Math.round(Math.sqrt(sheet.creases.length / 2)),
      points: points ? dots.points : null,
      answers: dots.answers,
      cut: !view.exact && next === last() && last() > 0 ? store.cut : null,
      strength: s > k ? s - k : 1,
      floor: floorUnder(sheet.at),
      photo: photo && ctx.values().dataset === 'yours' ? photo.bitmap : null,
    };
  }

  /** One picture an animation frame, whoever asks for it and how often. */
  function paint() {
    asked ||= requestAnimationFrame(draw);
  }

  function draw() {
    asked = 0;
    if (!isThere()) return;
    const way = goal - view.station;
    view.station = still.matches || Math.abs(way) < 0.01 ? goal : view.station + way * EASE;
    if (view.station !== goal) paint();
    const scene = sceneAt(view.station, shown);
    picture.paint(scene, (colours ??= coloursOf(ctx.tokens())), scene.photo ? (photo?.small ?? null) : null);
    // At rest words follow the picture; while it trains they take turns, of which a frame of the run has seen to its own.
    if (store.settled) strip.draw(), label();
    else if (!fresh) others.next();
    fresh = false;
  }

  function label() {
    canvases.forEach((canvas) => canvas.setAttribute('aria-label', altText(parts)));
  }

  /** @param {number} k the station */
  function drawPrint(k) {
    const canvas = strip.prints()[k];
    if (!canvas || !isThere()) return;
    const { clientWidth: width, clientHeight: height } = canvas;
    if (width === 0) return;
    const painter = printers.get(canvas) ?? new FlatPainter();
    printers.set(canvas, painter);
    const scene = sceneAt(k, printed);
    const dyes = (colours ??= coloursOf(ctx.tokens()));
    painter.paint(fit(canvas, width, height, devicePixelRatio, 1), scene, FIRST, dyes, width, height, { facets: PRINT, photo: scene.photo ? photo?.small : null });
  }

  /** Someone chose where to look. @param {number} station */
  function choose(station) {
    view.follow = false;
    goal = station;
  }

  /** Where a view that follows the training should be: the better it sorts, the further on. */
  function aim() {
    if (!view.follow || view.exact) return;
    const share = (store.readouts.accuracy - GUESSING) / (LEARNT - GUESSING);
    goal = last() * Math.min(1, Math.max(0, share || 0));
  }

  /** @param {boolean} on */
  async function showExact(on) {
    view.exact = on;
    if (on && inverse.papers.length === 0) {
      const { dataset, crumple } = ctx.values();
      if (!(await inverse.fetch(ctx.ask, Number(crumple) + (dataset === 'roll' ? 2 : 1)).catch(() => false))) return;
    }
    goal = on ? last() : view.follow ? goal : 0;
    view.station = 0;
    aim();
    others.all();
    paint();
  }

  async function printPhoto() {
    const file = await choosePhoto();
    if (!file) return;
    try {
      const read = await readPhoto(file);
      photo?.bitmap.close();
      photo = read;
      say(parts.w('photo.printed'), false);
    } catch (error) {
      if (!(error instanceof PhotoError)) throw error;
      say(parts.w(`photo.${error.why}`), true);
    }
    paint();
    others.all();
  }

  /** @param {string} text @param {boolean} bad */
  function say(text, bad) {
    parts.message = { text, bad };
    strip.draw();
  }

  function repaint() {
    paint();
    others.all();
  }

  return {
    frame(frame) {
      store.take(frame);
      // Other paper: what its inverse looked like is forgotten.
      const paper = `${store.side} ${store.count && store.paper(0).subarray(0, 6).join()}`;
      if (paper !== paperOf) {
        paperOf = paper;
        inverse.forget();
        if (view.exact) showExact(true);
      }
      if (view.station > last()) view.station = goal = last();
      aim();
      paint();
      fresh = true;
      if (frame.settled) others.settle();
      else others.next();
    },
    resize() {
      picture.resize();
      repaint();
    },
    theme() {
      colours = undefined;
      repaint();
    },
    summary: () => summary(parts),
    table: () => table(parts),
    nowOf: () => '',
    vars: () => ({ fresh: ctx.number(4000) }),
    destroy() {
      cancelAnimationFrame(asked);
      others.stop();
      picture.destroy();
      strip.destroy();
      inverse.forget();
      photo?.bitmap.close();
      clear();
    },
  };
}
