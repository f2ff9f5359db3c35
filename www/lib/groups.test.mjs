// Groups of knobs: whichever a lab declares, in its order, in four columns at most.
import assert from 'node:assert/strict';
import test from 'node:test';
import { columns } from './groups.js';

/** @param {string} groups @returns {any[]} */
const knobs = (groups) => groups.split(' ').map((group, i) => ({ id: `k${i}`, group }));
/** @param {string} groups */
const shape = (groups) => columns(knobs(groups)).map((column) => column.map(({ id, knobs }) => `${id}: ${knobs.map((knob) => knob.id)}`));

test('groups come in the order in which a lab first names them, each with its knobs in order', () => {
  assert.deepEqual(shape('data sky data network sky'), [['data: k0,k2'], ['sky: k1,k4'], ['network: k3']]);
});

test('four columns hold any number of groups: the last holds the rest', () => {
  assert.deepEqual(shape('data network training push view sky'), [['data: k0'], ['network: k1'], ['training: k2'], ['push: k3', 'view: k4', 'sky: k5']]);
  assert.deepEqual(columns([]), []);
});
