// The topology stage without a page: what it keeps of a frame, what it says, how a drawn curve is thinned and moved.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { recorder } from '../../draw/recorder.mjs';
import { palette } from '../../draw/palette.js';
import { formats } from '../../lib/format.js';
import { words } from '../../lib/i18n.js';
import { even, moved, nearest } from './curve.js';
import { accused, flatPoints, radius } from './picture.js';
import { Store } from './store.js';
import { altText, finding, nowOf, summary, table, vars, verdict } from './words.js';

const READOUTS = ['denseAccuracy', 'trainAccuracy', 'wrong', 'witnessFound', 'witnessX', 'witnessY', 'width', 'depth', 'trainLoss', 'step'];
const about = /** @type {any} */ ({ readouts: READOUTS.map((id) => ({ id })) });
/** @param {number[][]} rows @param {number} [columns] */
const channel = (rows, columns = rows[0]?.length ?? 0) => ({ dims: /** @type {[number, number]} */ ([rows.length, columns]), data: Float32Array.from(rows.flat()) });

/** A net 2 → 2 → 2 whose weights count up. @param {Record<string, any>} [more] @returns {any} */
const frame = (more = {}) => ({
  step: 40, done: 1, settled: true, texts: {},
  channels: {
    field: channel([[0.9, 0.1, 0.2, 0.8], [0.1, 0.9, 0.8, 0.2]]),
    points: channel([[0, 0, 0, 0], [0.8, 0, 0, 1]]),
    outline: channel([[0, 0, 0.3, 0], [0, 0, 0, 0.3], [1, 1, 0.7, 0]]),
    control: channel([[0, 0.1, 0.2], [0, 0.3, 0.4], [1, 0.5, 0.6]]),
    corridor: channel([[0, 0], [0.4, 0.1], [0.9, 0.2]]),
    theorem: channel([[3, 1, 0]]),
    witness: channel([[0.8, -0.25, 0, 1, 2.06, 1]]),
    measured: channel([[40]]),
    shape: channel([[2, 2, 2]]),
    weights: channel([Array.from({ length: 12 }, (_, i) => i / 10)]),
    readouts: channel([[0.9, 1, 2000, 1, 0.8, -0.25, 2, 1, 0.1, 40]]),
    ...more,
  },
});

/** @param {Record<string, any>} [channels] @param {Record<string, any>} [values] @param {string} [lang] @returns {import('./types.js').Parts} */
function stage(channels = {}, values = {}, lang = 'en') {
  const store = new Store(about);
  store.take(frame(channels));
  const { t } = words(lang, JSON.parse(readFileSync(new URL(`../../locales/${lang}.json`, import.meta.url), 'utf8')));
  const present = { dataset: 'disc', activation: 'tanh', width: 2, depth: 1, count: 1000, rate: 0.03, weights: 'random', ...values };
  const ctx = /** @type {any} */ ({ t, values: () => present, ...formats(lang) });
  return /** @type {any} */ ({ ctx, store, view: {}, w: (/** @type {string} */ key, /** @type {any} */ vars) => t(`labs.topology.stage.${key}`, vars) });
}

test('a frame is kept under its names, and only new points count as new', () => {
  const { store } = stage();
  assert.deepEqual(store.theorem, { needed: 3, must: true, inner: 0 });
  assert.equal(store.witness?.cls, 1);
  assert.deepEqual(store.outlines().map(({ cls, line }) => [cls, line.length]), [[0, 4], [1, 2]]);
  assert.deepEqual(store.curves().map((curve) => curve.length), [4, 2]);
  assert.deepEqual([store.inSpace, store.judged, store.pointsVersion], [false, true, 1]);
  store.take(frame());
  assert.equal(store.pointsVersion, 1);
  store.take(frame({ witness: channel([], 6), field: channel([[], []], 0) }));
  assert.deepEqual([store.witness, store.inSpace], [undefined, true]);
});

test('a witness is called one only where a theorem calls it', () => {
  const found = finding(stage());
  assert.match(found, /The witness, \(0\.80, −0\.25\), belongs to the ring; the network says disc, its output 2\.1 in favour\./);
  assert.match(found, /inverse/);
  assert.match(finding(stage({ witness: channel([[0.8, 0, 0, 1, 1, 2]]) })), /worst point/);
  const learnt = finding(stage({ theorem: channel([[3, 0, 0]]) }));
  assert.match(learnt, /^Still wrong at .* No theorem says it must be/);
  assert.match(finding(stage({ witness: channel([], 6) })), /^No wrong point was found/);
  assert.match(finding(stage({ readouts: channel([READOUTS.map(() => NaN)]) })), /going on/);
});

test('the width needed is said with its reason, and what the activation does to it', () => {
  assert.match(verdict(stage()), /encloses.*3 neurons.*At width 2 there is a wrong point/);
  assert.match(verdict(stage({ theorem: channel([[3, 0, 0]]) }, { activation: 'sine' })), /sine does, so the theorem is silent/);
  assert.match(verdict(stage({ theorem: channel([[2, 0, -1]]) }, { dataset: 'hooks' })), /no straight line parts them: 2/);
  assert.match(verdict(stage({ theorem: channel([[1, 0, -1]]) }, { dataset: 'apart' })), /A straight line parts/);
  assert.match(verdict(stage({ theorem: channel([[4, 1, -1]]) }, { dataset: 'tori' })), /linked.*4 neurons/);
});

test('the other words name what they are about, in both languages', () => {
  for (const lang of ['en', 'fr']) {
    const parts = stage({}, {}, lang);
    for (const text of [altText(parts), summary(parts), ...['data', 'network', 'training'].map((group) => nowOf(parts, group)), ...Object.values(vars(parts))]) {
      assert.ok(text.length > 1);
      assert.doesNotMatch(text, /[{}]|undefined|NaN|labs\./, text);
    }
  }
});

test('the table holds every weight beside the input it multiplies', () => {
  const { head, rows } = table(stage());
  assert.deepEqual(head, ['Unit', 'Weight of input 1', 'Weight of input 2', 'Bias']);
  // W is inputs × units: neuron 1 has the weights 0 and 2 of the file, and the bias after them.
  assert.deepEqual(rows[0], ['Layer 1, neuron 1', '0.000', '0.200', '0.400']);
  assert.deepEqual(rows[3], ['Output 2', '0.700', '0.900', '1.100']);
});

test('a hand’s curve is thinned evenly along its way, whatever the speed of the hand', () => {
  const turn = (/** @type {number} */ t) => [0.5 * Math.cos(t), 0.5 * Math.sin(t)];
  const hasty = Array.from({ length: 200 }, (_, i) => turn(2 * Math.PI * (i / 200) ** 2)).flat();
  const curve = even(hasty, 28);
  assert.equal(curve.length, 56);
  const gaps = Array.from({ length: 28 }, (_, i) => Math.hypot(curve[(2 * i + 2) % 56] - curve[2 * i], curve[(2 * i + 3) % 56] - curve[2 * i + 1]));
  assert.ok(Math.max(...gaps) / Math.min(...gaps) < 1.2, `${Math.min(...gaps)} to ${Math.max(...gaps)}`);
  assert.deepEqual(even([0, 0, 1, 1], 28), [0, 0, 1, 1]);
});

test('a control point is found over both curves, moved alone, and kept inside', () => {
  /** @type {[number[], number[]]} */
  const curves = [[0, 0, 0.5, 0], [0.2, 0.9, -0.4, 0.1]];
  assert.equal(nearest(curves, [0.22, 0.88], 0.1), 2);
  assert.equal(nearest(curves, [-0.9, -0.9], 0.1), -1);
  assert.deepEqual(moved(curves, 2, ([x, y]) => [x + 0.1, y + 0.5])[1].map((v) => Math.round(v * 100)), [30, 94, -40, 10]);
  assert.equal(moved(curves, 2, () => [0, 0])[0], curves[0]);
});

test('the witness is drawn with its corridor under the theorem, and without it elsewhere', () => {
  const tokens = palette((name) => (name === 'sans' ? 'serif' : `--${name}`));
  const strokes = (/** @type {Record<string, any>} */ channels) => {
    const parts = stage(channels);
    const g = recorder();
    accused(g, 400, parts.store, parts.view, tokens, 'witness');
    return { accents: g.strokes.filter((colour) => colour === '--accent').length, texts: g.texts };
  };
  assert.deepEqual(strokes({}), { accents: 2, texts: ['witness'] });
  assert.equal(strokes({ theorem: channel([[3, 0, 0]]) }).accents, 0);
  assert.deepEqual(strokes({ witness: channel([], 6) }), { accents: 0, texts: [] });
  const g = recorder();
  flatPoints(g, 400, stage().store, tokens);
  assert.deepEqual(g.fills, ['--c1', '--c2']);
  assert.ok(radius(300, 4000) < radius(600, 1000));
});
