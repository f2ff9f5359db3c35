// The dream stage’s arithmetic: how far along a run is, and where the squares of its octaves stand.
import assert from 'node:assert/strict';
import test from 'node:test';
import { beginnings, boxOf, placeOf, row } from './octaves.js';

test('a step is so many steps into an octave; after the last it is done', () => {
  assert.deepEqual(placeOf(0, 4, 14), { octave: 1, within: 0, done: false });
  assert.deepEqual(placeOf(14, 4, 14), { octave: 2, within: 0, done: false });
  assert.deepEqual(placeOf(55, 4, 14), { octave: 4, within: 13, done: false });
  assert.deepEqual(placeOf(56, 4, 14), { octave: 4, within: 14, done: true });
  assert.deepEqual(placeOf(90, 4, 14), { octave: 4, within: 14, done: true });
  assert.deepEqual(beginnings(3, 14), [0, 14, 28]);
});

test('every octave stands in the middle, in its proportion to the last', () => {
  assert.deepEqual(boxOf(288, 288, 576), { x: 0, y: 0, width: 576, height: 576 });
  assert.deepEqual(boxOf(144, 288, 576), { x: 144, y: 144, width: 288, height: 288 });
});

test('squares stand on one line and fill the width, or the height where that is less', () => {
  assert.deepEqual(row([100, 200], 310, 500, 10), [{ x: 0, y: 400, width: 100, height: 100 }, { x: 110, y: 300, width: 200, height: 200 }]);
  assert.deepEqual(row([100, 200], 1000, 100, 10), [{ x: 0, y: 50, width: 50, height: 50 }, { x: 60, y: 0, width: 100, height: 100 }]);
  assert.deepEqual(row([], 100, 100, 10), []);
});
