/** Draw your own: a pad for pen, finger and mouse, a picture from a file instead, what the network is given, what it reads there. */
import { html, render } from 'lit';
import { heading } from '../../element/heading.js';
import { icons } from '../../element/icons.js';
import { bars } from './bars.js';
import { ASSET, choosePicture, greyFile } from './own-picture.js';
import { greyWords, paint, stamp } from './pixels.js';
import { sheet } from './sheet.js';
import { OWN } from './shelf.js';
import { answerOf, SIDE } from './store.js';
import { Strokes } from './strokes.js';
import { sureText } from './words.js';

/** @typedef {import('./types.js').Parts} Parts */

/** Radius of the pen, as the engine has it, in sides of the pad. */
const PEN = 0.045;

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 */
export function createPad(parts, slot) {
  const { ctx, store, w } = parts;
  const strokes = new Strokes();
  /** What the network is given, and what it answers; empty until something was drawn. */
  /** @type {Float32Array} */
  let given = new Float32Array(0);
  /** @type {Float32Array} */
  let read = new Float32Array(0);
  let failed = false;
  let asking = false;
  let again = false;
  let drawn = '';

  const empty = () => !given.some((v) => v > 0.02);

  /** One question at a time; the newest wish is asked last. */
  async function ask() {
    again = true;
    if (asking) return;
    asking = true;
    while (again) {
      again = false;
      try {
        [given, read] = await Promise.all([ctx.ask('item', [OWN]), ctx.ask('read', [OWN])]);
      } catch {
        // Nothing drawn yet, or the run began again meanwhile: there is nothing to say.
        given = read = new Float32Array(0);
      }
      self.draw();
    }
    asking = false;
  }

  function sent() {
    failed = false;
    parts.drew();
    void ask();
  }

  /** @param {PointerEvent} event @returns {[number, number]} */
  function at({ clientX, clientY }) {
    const { left, top, width, height } = pad().getBoundingClientRect();
    return [(clientX - left) / width, (clientY - top) / height];
  }

  /** @param {PointerEvent} event */
  function down(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    try {
      pad().setPointerCapture(event.pointerId);
    } catch {
      // a pointer that is gone already
    }
    strokes.begin(...at(event));
    drawing.draw();
  }

  /** @param {PointerEvent} event */
  function move(event) {
    if (!strokes.now) return;
    // A pen tells of more places than there are frames.
    const all = event.getCoalescedEvents?.() ?? [];
    for (const one of all.length ? all : [event]) strokes.go(...at(one));
    drawing.draw();
  }

  function up() {
    const stroke = strokes.end();
    if (!stroke) return;
    ctx.input('draw', stroke);
    sent();
  }

  function undo() {
    if (!strokes.undo()) return false;
    ctx.input('undo', []);
    sent();
    return true;
  }

  function clear() {
    strokes.clear();
    ctx.input('clear', []);
    sent();
  }

  /** @param {File} file */
  async function open(file) {
    try {
      await ctx.load(ASSET, await greyFile(file));
      strokes.clear();
      sent();
    } catch {
      failed = true;
      ctx.announce(w('pad.unread'));
      self.draw();
    }
  }

  const pad = () => /** @type {HTMLCanvasElement} */ (slot.querySelector('.d-pad'));

  /** @param {import('./sheet.js').Sheet} sheet */
  function ink({ g, width, height, palette }) {
    g.fillStyle = palette.sheet;
    g.fillRect(0, 0, width, height);
    const all = strokes.all;
    // A drawing that came with a link or a file is known only as the network has it.
    if (all.length === 0 && !empty()) paint(g, greyWords(given, palette), SIDE, { x: 0, y: 0, width, height });
    g.strokeStyle = palette.ink;
    g.lineWidth = 2 * PEN * width;
    g.lineCap = g.lineJoin = 'round';
    for (const points of all) {
      g.beginPath();
      g.moveTo(points[0] * width, points[1] * height);
      for (let i = 2; i < points.length; i += 2) g.lineTo(points[i] * width, points[i + 1] * height);
      if (points.length === 2) g.lineTo(points[0] * width + 0.01, points[1] * height);
      g.stroke();
    }
    return empty() ? w('pad.alt') : `${w('pad.alt')} ${w('pad.reads', readVars())}`;
  }

  function readVars() {
    const { best, share } = answerOf(read);
    return { digit: best, share: sureText(ctx, share) };
  }

  function words() {
    const { best } = answerOf(read);
    const now = JSON.stringify([store.settled, empty(), [...read].map((v) => v.toFixed(3)), failed, strokes.done.length, ctx.t('labs.digits.title')]);
    if (now === drawn) return;
    drawn = now;
    const none = empty();
    render(
      html`${heading(ctx, w('pad.title'), 1, 'd-head')}
        <div class="d-draw">
          <div><canvas class="d-pad" role="img" @pointerdown=${down} @pointermove=${move} @pointerup=${up} @pointercancel=${up}></canvas>
            <div class="tools"><button type="button" class="btn" ?disabled=${strokes.done.length === 0} @click=${undo}>${w('pad.undo')}</button>
              <button type="button" class="btn" ?disabled=${none} @click=${clear}>${w('pad.clear')}</button>
              <button type="button" class="btn" @click=${() => choosePicture(open)}>${icons.file}${w('pad.open')}</button></div>
            <p class="d-line" role=${failed ? 'alert' : 'note'}>${w(failed ? 'pad.unread' : 'pad.private')}</p></div>
          <div><div class="read it"><p>${w('pad.it')}</p><p class="d-big" aria-hidden="true">${none || best < 0 ? '·' : best}</p>
              <p class="of" role="status" aria-live=${store.settled ? 'polite' : 'off'}>${none || best < 0 ? w('pad.empty') : w('pad.reads', readVars())}</p></div>
            <div class="d-given"><canvas class="d-seen" role="img" aria-label=${w('pad.seen')}></canvas><p>${w('pad.given')}</p></div></div>
          <div>${heading(ctx, w('pad.sure'), 2)}${bars(parts, none ? [] : read, { truth: -1, best: none ? -1 : best })}</div>
        </div>`,
      slot,
    );
  }

  const drawing = sheet(parts.palette, () => slot.querySelector('.d-pad'), ink);
  /** @type {string} */
  let asked = '';
  const self = {
    draw() {
      words();
      drawing.draw();
      const seen = slot.querySelector('.d-seen');
      if (seen instanceof HTMLCanvasElement) stamp(seen, given.length ? given : new Float32Array(SIDE * SIDE), parts.palette());
    },
    /** A new frame: the network may read it otherwise now. */
    follow() {
      const now = `${store.step} ${store.settled}`;
      if (now === asked || (empty() && asked && Number(ctx.values().item) !== OWN)) return;
      asked = now;
      if (store.tables.history.rows > 0 || store.settled) void ask();
    },
    resize: drawing.resize,
    undo,
  };
  return self;
}
