// The boundary stage without a page: what it keeps of a frame, what it says, where its arrows end, what a press sends.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { plane } from '../../draw/plane.js';
import { formats } from '../../lib/format.js';
import { words } from '../../lib/i18n.js';
import { pushSizes } from './charts.js';
import { nearest } from './hands.js';
import { aboutClasses, chosenPoint, pushArrows, thinned, weightOf } from './picture.js';
import { reader } from './reader.js';
import { Store, firstRows, unitOf } from './store.js';
import { altText, countsOf, hiddenLayers, nowOf, pointText, readingText, summary, table } from './words.js';

const READOUTS = ['robustAccuracy', 'noiseAccuracy', 'testAccuracy', 'meanPerturbation'];
const about = /** @type {any} */ ({
  knobs: [{ id: 'layers', kind: { type: 'layers', maxLayers: 8, maxUnits: 64, activations: ['tanh', 'relu'] } }],
  readouts: READOUTS.map((id) => ({ id })),
});
/** @param {number[][]} rows */
const channel = (rows) => ({ dims: /** @type {[number, number]} */ ([rows.length, rows[0]?.length ?? 0]), data: Float32Array.from(rows.flat()) });

/** @param {Record<string, { dims: [number, number], data: Float32Array }>} [more] @returns {import('./types.js').Frame} */
const frame = (more = {}) => ({
  step: 20, done: 1, settled: true, texts: {},
  channels: {
    points: channel([[0, 0, 0, 1], [0.5, 0.5, 1, 0], [-0.5, 0.5, 1, 1]]),
    push: channel([[0.1, 0, 0.1, 1], [0.5, 0.5, 0, 2], [-0.5, 0.5, NaN, 0]]),
    shape: channel([[2, 3, 2]]),
    neurons: { dims: [7, 4], data: Float32Array.from({ length: 28 }, (_, i) => i) },
    field: channel([[0.9, 0.1, 0.2, 0.8], [0.1, 0.9, 0.8, 0.2]]),
    readouts: channel([[0.5, 1, 0.75, 0.1]]),
    measured: channel([[20]]),
    history: channel(Array.from({ length: 60 }, (_, i) => [i, 1, 2, 0.5, 0.25])),
    ...more,
  },
});

/** @param {Record<string, any>} [values] @param {string} [lang] */
function stage(values = {}, lang = 'en') {
  const store = new Store(about);
  store.take(frame());
  const { t } = words(lang, JSON.parse(readFileSync(new URL(`../../locales/${lang}.json`, import.meta.url), 'utf8')));
  const present = { dataset: 'spiral', count: 400, layers: '3:relu', activation: 'tanh', optimizer: 'adam', rate: 0.02, epsilon: 0.1, norm: 'l2', selected: -1, ...values };
  const ctx = /** @type {any} */ ({ about, t, values: () => present, ...formats(lang) });
  /** @type {any} */
  const view = { tool: 'look', cls: 0, brush: 0.1, arrows: 'held', unit: null, at: null, reading: null };
  return /** @type {any} */ ({ ctx, store, view, w: (/** @type {string} */ key, /** @type {any} */ vars) => t(`labs.boundary.stage.${key}`, vars) });
}

test('a frame is kept under its names, and only what changed counts as changed', () => {
  const { store } = stage();
  assert.deepEqual([store.step, store.count, store.classes, store.unitSide, store.present, store.measured], [20, 3, 2, 2, 2, 20]);
  assert.deepEqual(Array.from(store.unitGrid(2)), [8, 9, 10, 11]);
  assert.equal(store.readouts.testAccuracy, 0.75);
  assert.equal(store.field?.side, 2);
  assert.deepEqual([store.version, store.pointsVersion, store.pushVersion], [1, 1, 1]);
  store.take(frame());
  assert.deepEqual([store.version, store.pointsVersion, store.pushVersion], [2, 1, 1], 'no number is unequal to itself, yet not a change');
  assert.equal(store.netVersion, 1, 'the network did not move');
  store.take(frame({ push: channel([[0.2, 0, 0.2, 1], [0, 0, 0, 2], [0, 0, 0, 0]]) }));
  assert.deepEqual([store.pointsVersion, store.pushVersion], [1, 2]);
});

test('rows of neurons are features, hidden units layer by layer, classes', () => {
  assert.deepEqual(firstRows([2, 3, 2]), [0, 2, 5]);
  assert.deepEqual(unitOf([2, 3, 2], 1), { kind: 'feature', layer: 0, index: 1 });
  assert.deepEqual(unitOf([2, 3, 2], 4), { kind: 'hidden', layer: 1, index: 2 });
  assert.deepEqual(unitOf([2, 3, 2], 6), { kind: 'class', layer: 2, index: 1 });
  assert.equal(unitOf([2, 3, 2], 7), undefined);
});

test('arrows start at points and end where the push does; wrong and unreachable points have none', () => {
  const { store } = stage();
  const scale = plane(200);
  assert.deepEqual(pushArrows(store, 'held', scale, -1).map((a) => a.map(Math.round)), [[100, 100, 110, 100]]);
  assert.equal(pushArrows(store, 'all', scale, -1).length, 1);
  assert.equal(pushArrows(store, 'none', scale, -1).length, 0);
  assert.equal(pushArrows(store, 'held', scale, 0).length, 0);
  assert.equal(pushArrows(store, 'all', scale, -1, 0).length, 1);
  assert.deepEqual(pushSizes(store.tables.push.data).map((v) => Number(v.toFixed(3))), [0.1]);
});

test('a crowd of arrows is drawn finer, and a hidden neuron’s field has none', () => {
  assert.ok(weightOf(400, 600).width < weightOf(20, 600).width);
  const some = thinned(Array.from({ length: 200 }, (_, i) => i), 80);
  assert.ok(some.length >= 79 && some.length <= 81 && new Set(some).size === some.length, String(some.length));
  assert.deepEqual(thinned([1, 2, 3], 5), [1, 2, 3]);
  const { store, view } = stage();
  assert.ok(aboutClasses(store, view));
  assert.ok(!aboutClasses(store, { ...view, unit: 3 }));
  assert.ok(aboutClasses(store, { ...view, unit: 5 }));
});

test('the nearest point is found, and none when all are out of reach', () => {
  const { data } = stage().store.tables.points;
  assert.equal(nearest(data, [0.45, 0.4], 0.2), 1);
  assert.equal(nearest(data, [0.9, -0.9], 0.2), -1);
  assert.equal(chosenPoint(stage().store, 2)?.held, true);
  assert.equal(chosenPoint(stage().store, 3), undefined);
});

test('while one answer is out, only the newest question waits', async () => {
  /** @type {((v: Float32Array) => void)[]} */
  const answers = [];
  /** @type {number[][]} */
  const asked = [];
  /** @type {number[][]} */
  const told = [];
  const ask = reader((place) => (asked.push(place), new Promise((resolve) => answers.push(resolve))), (_, place) => told.push(place));
  for (const x of [1, 2, 3]) ask.at([x, 0]);
  assert.deepEqual(asked, [[1, 0]]);
  answers[0](new Float32Array(1));
  await new Promise((resolve) => setTimeout(resolve));
  assert.deepEqual(asked, [[1, 0], [3, 0]]);
  ask.stop();
  answers[1](new Float32Array(1));
  await new Promise((resolve) => setTimeout(resolve));
  assert.deepEqual(told, [[1, 0]], 'what was asked before a stop is not told after it');
});

test('a question that fails does not end the reading', async () => {
  let times = 0;
  const ask = reader(() => (times++ === 0 ? Promise.reject(new Error('gone')) : Promise.resolve(new Float32Array(1))), () => {});
  ask.at([0, 0]);
  await new Promise((resolve) => setTimeout(resolve));
  ask.at([1, 0]);
  assert.equal(times, 2);
});

test('the summary says accuracy, worst push and control; before measuring only the accuracy', () => {
  const parts = stage();
  assert.match(summary(parts), /20.*75.%.*0\.10.*L2.*50.%.*100.%/);
  parts.store.readouts.robustAccuracy = NaN;
  assert.match(summary(parts), /75.%/);
  assert.doesNotMatch(summary(parts), /–/);
  assert.match(summary(stage({}, 'fr')), /75.%.*0,10/);
});

test('the text alternative follows the view and the chosen point', () => {
  const parts = stage({ selected: 0 });
  assert.match(altText(parts), /step 20.*3 points of 2 classes.*Point 1 of 3/);
  parts.view.unit = 3;
  assert.match(altText(parts), /layer 1, neuron 2/);
  assert.match(pointText(stage({ selected: 1 })), /wrong/);
  assert.match(pointText(stage({ selected: 2 })), /No push/);
  assert.equal(pointText(stage()), '');
});

test('a reading names the likeliest class first and the unit on the stage', () => {
  const parts = stage();
  assert.equal(readingText(parts), '');
  Object.assign(parts.view, { at: [0.5, -0.25], reading: Float32Array.from([0.5, -0.25, 0, 0.7, 0, 0.2, 0.8]), unit: 3 });
  const text = readingText(parts);
  assert.match(text, /0\.50, −0\.25/);
  assert.ok(text.indexOf('class two 80') < text.indexOf('class one 20'), text);
  assert.match(text, /layer 1, neuron 2.*0\.70/i);
});

test('a table of a long run keeps its first and last moment', () => {
  const { head, rows } = table(stage());
  assert.equal(head.length, 5);
  assert.ok(rows.length <= 27 && rows.length > 15);
  assert.deepEqual([rows[0][0], rows.at(-1)?.[0]], ['0', '59']);
  assert.match(rows[0][4], /25.%/);
});

test('a folded group says its present values', () => {
  assert.match(nowOf(stage(), 'data'), /Spiral, 3 points/);
  assert.match(nowOf({ ...stage(), store: new Store(about) }, 'data'), /Spiral, 400/);
  assert.match(nowOf(stage({ layers: '16,8' }), 'network'), /16, 8 tanh/);
  assert.match(nowOf(stage({ layers: '' }), 'network'), /layer/i);
  assert.match(nowOf(stage(), 'training'), /Adam, 0\.020/);
  assert.match(nowOf(stage({ norm: 'linf' }), 'push'), /ε = 0\.10, L∞/);
  assert.equal(nowOf(stage(), 'nothing'), '');
});

test('layers without an activation of their own have the network’s', () => {
  assert.deepEqual(hiddenLayers(stage({ layers: '16:relu,8' }).ctx), [{ units: 16, activation: 'relu' }, { units: 8, activation: 'tanh' }]);
});

test('shares are given their counts: held-out points, or all where none is held out', () => {
  const parts = stage();
  assert.deepEqual(countsOf(parts), { judged: '2', robust: '1', tries: '6' });
  parts.store.take(frame({ points: channel([[0, 0, 0, 0], [1, 1, 1, 0]]) }));
  assert.equal(countsOf(parts).judged, '2');
});
