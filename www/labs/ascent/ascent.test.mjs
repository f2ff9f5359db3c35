// What the stages `filters` and `dream` share and work out without a page: layers by name, where bars stand, an axis, a frame’s tables.
import assert from 'node:assert/strict';
import test from 'node:test';
import { span } from './climb.js';
import { layerOf, layersOf, slots } from './layers.js';
import { Store } from './store.js';

test('a layer’s name says its network, its block and its kind; without a network it is of the large one', () => {
  assert.deepEqual(layerOf('digits.conv2'), { network: 'digits', block: undefined, kind: 'conv2' });
  assert.deepEqual(layerOf('lite0.b11.expand'), { network: 'lite0', block: 11, kind: 'expand' });
  assert.deepEqual(layerOf('b0.dw'), { network: 'lite0', block: 0, kind: 'dw' });
  assert.deepEqual(layerOf('class'), { network: 'lite0', block: undefined, kind: 'class' });
  assert.deepEqual(layersOf(['digits.conv1', 'lite0.stem', 'digits.class'], 'digits'), ['digits.conv1', 'digits.class']);
});

test('bars stand in equal slots, the input’s first, none wider than they may be', () => {
  const few = slots(3, 1000, 132);
  assert.deepEqual([few.slot, few.at(-1), few.at(0), few.at(2)], [132, 66, 198, 462]);
  const many = slots(51, 520, 132);
  assert.deepEqual([many.slot, many.at(-1), many.at(50)], [10, 5, 515]);
});

test('an axis holds zero and every height there is', () => {
  assert.deepEqual(span([2, 10]), [0, 10.6]);
  assert.deepEqual(span([-4, NaN, 6]).map((v) => Math.round(10 * v) / 10), [-4, 6.6]);
  assert.deepEqual(span([]), [0, 1]);
});

test('a frame’s tables are there by name until the next frame; read-outs that are texts are no numbers', () => {
  const store = new Store(/** @type {any} */ ({ readouts: [{ id: 'objective' }, { id: 'name', unit: 'text' }, { id: 'step' }] }));
  assert.equal(store.row('picture').length, 0);
  const channels = { readouts: { dims: [1, 2], data: Float32Array.of(0.5, 7) }, curve: { dims: [2, 2], data: Float32Array.of(0, 1, 2, 3) } };
  store.take(/** @type {any} */ ({ step: 7, settled: true, texts: {}, channels }));
  assert.deepEqual(store.readouts, { objective: 0.5, step: 7 });
  assert.deepEqual([store.column('curve', 1), store.row('curve', 2).length], [[1, 3], 0]);
  store.take(/** @type {any} */ ({ step: 0, settled: false, texts: {}, channels: {} }));
  assert.deepEqual([store.table('curve').rows, store.readouts.step], [0, NaN]);
});
