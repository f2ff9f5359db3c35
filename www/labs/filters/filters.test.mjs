// The filters stage’s parts that need no page: which digits excite a unit most, sides of pictures, a sheet of units.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Store } from '../ascent/store.js';
import { bestOf } from './beside.js';
import { columnsOf, isDigits, isWhole, shownPicture } from './look.js';
import { sheetOf } from './picture.js';

/** @param {Record<string, unknown>} values @param {Record<string, [number, number, number[]]>} channels */
function partsOf(values, channels) {
  const store = new Store(/** @type {any} */ ({ readouts: [] }));
  const made = Object.fromEntries(Object.entries(channels).map(([name, [rows, columns, data]]) => [name, { dims: [rows, columns], data: Float32Array.from(data) }]));
  store.take(/** @type {any} */ ({ step: 0, settled: true, texts: {}, channels: made }));
  return /** @type {any} */ ({ store, ctx: { values: () => values } });
}

test('of a layer made as a whole the chosen unit is shown, of one picture that one', () => {
  const whole = partsOf({ layer: 'digits.class', unit: 1 }, { pictures: [3, 2, [0, 1, 2, 3, 4, 5]] });
  assert.deepEqual([isDigits(whole), isWhole(whole), [...shownPicture(whole)]], [true, true, [2, 3]]);
  const single = partsOf({ layer: 'lite0.stem', unit: 7 }, { pictures: [1, 2, [8, 9]] });
  assert.deepEqual([isDigits(single), isWhole(single), [...shownPicture(single)]], [false, false, [8, 9]]);
});

test('a picture is a digit of 28 greys a row, or a square of three colours', () => {
  assert.equal(columnsOf(new Float32Array(784)), 28);
  assert.equal(columnsOf(new Float32Array(96 * 96 * 3)), 96);
});

test('the digits that excite a unit most are its own row’s, best first; of nothing measured there are none', () => {
  const channels = { best: /** @type {[number, number, number[]]} */ ([2, 2 * 784, Array.from({ length: 4 * 784 }, (_, i) => Math.floor(i / 784))]), bestActivation: /** @type {[number, number, number[]]} */ ([2, 2, [9, 8, 7, 6]]) };
  const best = bestOf(partsOf({ unit: 1 }, channels));
  assert.deepEqual(best.map(({ height, picture }) => [height, picture.length, picture[0]]), [[7, 784, 2], [6, 784, 3]]);
  assert.deepEqual(bestOf(partsOf({ unit: 1 }, {})), []);
});

test('a sheet of units is as nearly square as may be', () => {
  assert.deepEqual([1, 8, 10, 16].map((count) => Object.values(sheetOf(count))), [[1, 1], [3, 3], [4, 3], [4, 4]]);
});
