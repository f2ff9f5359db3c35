// Commands from strangers: what is understood, what is refused, and that nothing but numbers goes out.
import assert from 'node:assert/strict';
import test from 'node:test';
import { codeOf, isOurs, measuresOf, numbersOf, readCommand } from './messages.js';

const command = (/** @type {Record<string, unknown>} */ data) => readCommand({ uncrumple: 1, ...data }).command;

test('the six commands are understood', () => {
  assert.deepEqual(command({ type: 'play' }), { type: 'play' });
  assert.deepEqual(command({ type: 'pause', extra: 'ignored' }), { type: 'pause' });
  assert.deepEqual(command({ type: 'step' }), { type: 'step', steps: 1 });
  assert.deepEqual(command({ type: 'step', steps: 40 }), { type: 'step', steps: 40 });
  assert.deepEqual(command({ type: 'seek', step: 0 }), { type: 'seek', step: 0 });
  assert.deepEqual(command({ type: 'reset' }), { type: 'reset' });
  assert.deepEqual(command({ type: 'reset', seed: 4294967295 }), { type: 'reset', seed: 4294967295 });
  assert.deepEqual(command({ type: 'set', knob: 'layers', value: '8,8' }), { type: 'set', knob: 'layers', value: '8,8' });
});

test('everything else is no command', () => {
  for (const data of [
    {}, { type: 'hash' }, { type: 'export', kind: 'points.csv' }, { type: 'channel', name: 'points' }, { type: 'load' }, { type: ['play'] },
    { type: 'step', steps: -1 }, { type: 'step', steps: 0.5 }, { type: 'step', steps: NaN }, { type: 'step', steps: '3' }, { type: 'step', steps: 1e9 },
    { type: 'seek' }, { type: 'seek', step: Infinity }, { type: 'seek', step: 10n }, { type: 'reset', seed: 4294967296 }, { type: 'reset', seed: null },
    { type: 'set', knob: '__proto__', value: 1 }, { type: 'set', knob: 'epsilon' }, { type: 'set', knob: 'epsilon', value: NaN },
    { type: 'set', knob: 'epsilon', value: {} }, { type: 'set', knob: 'layers', value: '8,'.repeat(200) }, { type: 'set', knob: 7, value: 7 },
  ]) {
    assert.equal(command(data), undefined, JSON.stringify(data, (_, v) => (typeof v === 'bigint' ? String(v) : v)));
  }
  // What an object inherits was not sent.
  assert.equal(readCommand(Object.create({ type: 'play' })).command, undefined);
});

test('an answer bears the id of its command, where that is a number', () => {
  assert.equal(readCommand({ type: 'play', id: 7 }).id, 7);
  for (const id of ['7', NaN, {}, null]) assert.equal('id' in readCommand({ type: 'play', id }), false);
});

test('other people’s messages are not ours', () => {
  for (const data of [null, undefined, 1, 'uncrumple', '{"uncrumple":1}', [], {}, { uncrumple: '1' }, { uncrumple: 2 }, Object.create({ uncrumple: 1 })]) {
    assert.equal(isOurs(data), false);
  }
  assert.equal(isOurs({ uncrumple: 1, type: 'anything' }), true);
});

test('texts stay behind, at any depth', () => {
  const given = { step: 3, good: true, note: 'my photo.jpg', probe: { 0: 0.5, name: 'x', deep: { y: NaN } }, none: null, list: ['a', 4] };
  assert.deepEqual(numbersOf(given), { step: 3, good: 1, probe: { 0: 0.5, deep: { y: NaN } }, list: { 1: 4 } });
});

test('a read-out that is a place stays behind: it may be a point of what the reader drew', () => {
  const given = { witnessFound: 1, witnessX: 0.25, witnessY: -0.5, trainLoss: 0.1, probe: { 2: 1 }, X: 3 };
  assert.deepEqual(measuresOf(given), { witnessFound: 1, trainLoss: 0.1, probe: { 2: 1 }, X: 3 });
});

test('an error’s word is one of ours', () => {
  assert.equal(codeOf({ code: 'diverged' }), 'diverged');
  for (const error of [{ code: 'secret.csv' }, new Error('x'), null, undefined, 'text']) assert.equal(codeOf(error), 'failed');
});
