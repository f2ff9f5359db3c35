// Every lab that has a stage is in a module of the wasm, and every module's labs have stages.
import assert from 'node:assert/strict';
import test from 'node:test';
import { MODULE_OF } from '../pkg/modules.js';
import { LABS } from '../tools/share.js';

test('each lab with a stage is in one module of the engine, and none else is', () => {
  assert.deepEqual(Object.keys(MODULE_OF).sort(), [...LABS].sort());
});
