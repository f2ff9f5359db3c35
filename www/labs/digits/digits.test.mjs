// The digits stage's parts that need no page: what a push is about, how large it is, tiles, regions, strokes, greys of a file.
import assert from 'node:assert/strict';
import test from 'node:test';
import { palette } from '../../draw/palette.js';
import { commonest } from './learned.js';
import { KINDS, rowsOf } from './off.js';
import { greyOf, reduced } from './own-picture.js';
import { difference, gainFor, gainOf, greyWords, signedWords, tiles } from './pixels.js';
import { places } from './quad.js';
import { above } from './robust.js';
import { regions } from './slice.js';
import { answerOf, rivals, sizeKnob, sizeOf, Store } from './store.js';
import { Strokes } from './strokes.js';
import { around } from './vector.js';
import { sureText } from './words.js';

/** @type {Record<string, string>} */
const INKS = { sheet: '#fff', ink: '#000', 'field-mid': '#fff', c1: '#00f', c2: '#f80' };
const inks = palette((name) => INKS[name] ?? '#123456');
const shares = (/** @type {Record<number, number>} */ some) => Float32Array.from({ length: 10 }, (_, k) => some[k] ?? 0);

test('an answer is the likeliest class; of nothing measured there is none', () => {
  assert.deepEqual(answerOf(shares({ 3: 0.75, 5: 0.25 })), { best: 3, share: 0.75 });
  assert.deepEqual(answerOf([]), { best: -1, share: NaN });
  assert.deepEqual(answerOf([NaN, NaN]), { best: -1, share: NaN });
});

test('a push is about the true class and what it ends as, or else the runner-up', () => {
  const first = shares({ 3: 0.9, 8: 0.1 });
  assert.deepEqual(rivals(first, shares({ 9: 0.8, 3: 0.2 }), 3), { from: 3, to: 9 });
  assert.deepEqual(rivals(first, shares({ 3: 0.7, 5: 0.3 }), 3), { from: 3, to: 5 }, 'it withstood');
  assert.deepEqual(rivals(first, shares({ 8: 1 }), -1), { from: 3, to: 8 }, 'nobody knows what was drawn');
});

test('the size of a push is read by its largest change and by its length; the attack says which knob that is', () => {
  const size = sizeOf([0, 0, 1, 0.5], [0.3, 0, 0.6, 0.5]);
  assert.ok(Math.abs(size.linf - 0.4) < 1e-9 && Math.abs(size.l2 - 0.5) < 1e-9);
  assert.deepEqual(['fgsm', 'pgd', 'universal', 'pgd-l2', 'deepfool'].map(sizeKnob), ['epsilon', 'epsilon', 'epsilon', 'radius', 'radius']);
});

test('a push is shown as much larger as fits between paper and ink', () => {
  assert.deepEqual([0.1, 0.3, 0.9, 1, 0.004, 0].map(gainFor), [10, 3, 1, 1, 100, 1]);
  assert.deepEqual([...difference([0, 0.5], [0.25, 0.25])], [0.25, -0.25]);
  assert.equal(gainOf([0.1, -0.25]), 4);
  assert.equal(gainOf([0, 0]), 1);
});

test('paper is paper and ink is ink; below zero is blue, above orange, zero neither', () => {
  assert.deepEqual([...greyWords([0, 1, 2, NaN], inks)], [0xffffffff, 0xff000000, 0xff000000, 0xffffffff]);
  assert.deepEqual([...signedWords([-0.1, 0, 0.1, 0.5], 10, inks)], [0xffff0000, 0xffffffff, 0xff0088ff, 0xff0088ff]);
});

test('three pictures and two signs fill a width, from a phone to a wide page', () => {
  for (const width of [288, 358, 1120]) {
    const { side, boxes } = places(width);
    assert.ok(boxes[2].x + side <= width && boxes[2].x + side > width - 3 && boxes[1].x >= side + 20);
  }
});

test('tiles fill a width with as few rows as go', () => {
  assert.deepEqual(tiles(8, 300, 26, 5), { columns: 8, rows: 1, side: 33 });
  assert.deepEqual(tiles(16, 300, 26, 5), { columns: 8, rows: 2, side: 33 });
  assert.deepEqual(tiles(1, 300, 26, 5), { columns: 1, rows: 1, side: 300 });
});

test('regions of one answer have their middle and share; crumbs are not named', () => {
  const side = 10;
  const data = Float32Array.from({ length: side * side * 10 }, (_, i) => {
    const [cell, k] = [Math.floor(i / 10), i % 10];
    const answer = cell === 0 ? 7 : cell % side < 5 ? 3 : 9;
    return Number(k === answer);
  });
  const { answers, middles } = regions(data, side);
  assert.deepEqual([answers[0], answers[1], answers[9]], [7, 3, 9]);
  assert.deepEqual(middles.map(({ digit, share }) => [digit, share]), [[3, 0.49], [9, 0.5]]);
  assert.equal(middles[1].x, 0.75);
  assert.equal(middles[1].y, 0.5);
});

test('the commonest mistake is off the diagonal', () => {
  const counts = new Float32Array(100);
  [counts[0], counts[49], counts[94], counts[35]] = [200, 8, 3, 5];
  assert.deepEqual(commonest(counts), { drawn: 4, read: 9, count: 8 });
  assert.equal(commonest(new Float32Array(100)).drawn, -1);
});

test('what lies off the manifold is found by its kind', () => {
  const data = Float32Array.from([1, 0, 0.98, 0.99, 1, 1, 0.25, 0.75, 5, 1, NaN, 0.5]);
  assert.deepEqual(rowsOf(data, KINDS.indexOf('rotate')).map(({ strength, accuracy }) => [strength, Math.round(100 * accuracy)]), [[0, 98], [1, 25]]);
  assert.equal(rowsOf(data, KINDS.indexOf('clothes'))[0].confidence, 0.5);
  assert.deepEqual(rowsOf(data, KINDS.indexOf('blank')), []);
});

test('a frame round points has room, also where they are one', () => {
  assert.deepEqual(around([0, 10], [0, 5]).map((v) => Math.round(10 * v) / 10), [-0.6, 10.6, -0.6, 5.6]);
  const [left, right] = around([2], [3]);
  assert.ok(left < 2 && right > 2);
});

test('a stroke keeps to the pad, passes over what says nothing new, and can be taken back', () => {
  const strokes = new Strokes();
  assert.equal(strokes.end(), null);
  strokes.begin(0.5, 1.4);
  assert.equal(strokes.go(0.501, 1.2), false);
  assert.equal(strokes.go(-3, 0.5), true);
  assert.deepEqual(strokes.end(), [0.5, 1, 0, 0.5]);
  strokes.begin(0.1, 0.1);
  assert.equal(strokes.all.length, 2);
  for (let i = 0; i < 2000; i++) strokes.go((i % 7) / 7, (i % 5) / 5);
  assert.equal(strokes.end()?.length, 1000, 'a stroke has an end');
  assert.deepEqual([strokes.undo(), strokes.undo(), strokes.undo()], [true, true, false]);
});

/** @param {number[]} greys four a row */
const rgba = (greys) => Uint8ClampedArray.from(greys.flatMap((v) => [v, v, v, 255]));

test('ink is what differs from the rim of a picture, dark on light or light on dark', () => {
  const dark = greyOf(rgba([250, 250, 250, 250, 250, 20, 130, 250, 250, 250, 250, 250]), 4, 3);
  assert.deepEqual([...dark.slice(0, 2)], [4, 3]);
  assert.deepEqual([...dark.slice(2)], [0, 0, 0, 0, 0, 255, 133, 0, 0, 0, 0, 0]);
  const light = greyOf(rgba([5, 5, 5, 5, 5, 235, 5, 5, 5, 5, 5, 5]), 4, 3);
  assert.deepEqual([...light.slice(2)], [0, 0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0]);
  const clear = greyOf(new Uint8ClampedArray(4 * 9), 3, 3);
  assert.ok(clear.slice(2).every((v) => v === 0), 'what is clear is paper');
  const faint = greyOf(rgba([200, 200, 200, 200, 190, 200, 200, 200, 200]), 3, 3);
  assert.ok(faint[2 + 4] < 64, 'a speck of dust does not become ink');
});

test('a large picture is brought down to 56 a side, a small one left as it is', () => {
  assert.deepEqual(reduced(4000, 3000), [56, 42]);
  assert.deepEqual(reduced(28, 20), [28, 20]);
  assert.deepEqual(reduced(9000, 3), [56, 1]);
});

test('a frame’s tables are there by name, and a row that is not there is empty', () => {
  const store = new Store(/** @type {any} */ ({ readouts: [{ id: 'robust' }, { id: 'curve', by: 'eps' }, { id: 'noise' }] }));
  /** @type {any} */
  const frame = { step: 4, settled: true, texts: {}, channels: { readouts: { dims: [1, 2], data: Float32Array.of(0.25, 0.75) }, answers: { dims: [2, 3], data: Float32Array.of(1, 0, 0, 0, 1, 0) }, push: { dims: [2, 1], data: Float32Array.of(0, 1) } } };
  assert.equal(store.pushed, false);
  store.take(frame);
  assert.deepEqual(store.readouts, { robust: 0.25, noise: 0.75 });
  assert.deepEqual([...store.row('answers', 1)], [0, 1, 0]);
  assert.equal(store.row('answers', 2).length, 0);
  assert.deepEqual([store.pushed, store.lastRow, store.truth], [true, 1, -1]);
});

test('a curve’s name stands where there is still something of it', () => {
  assert.deepEqual(above({ x: [0, 1, 2, 3, 4], y: [1, 0.5, 0.01, 0, 0] }), { x: [0, 1, 2], y: [1, 0.5, 0.01] });
  assert.deepEqual(above({ x: [0, 1], y: [1, 0.9] }), { x: [0, 1], y: [1, 0.9] });
});

test('what is not quite sure is never said to be entirely so', () => {
  const percent = (/** @type {number} */ share, digits = 0) => (100 * share).toFixed(digits);
  assert.deepEqual([0.5, 0.996, 0.99999, 1, 0].map((share) => sureText({ percent }, share)), ['50', '99.6', '99.9', '100', '0']);
});
