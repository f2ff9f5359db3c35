// What an attack takes of a tab: the engine itself, as a figure's worker has it, through more steps than anyone takes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { gunzipSync } from 'node:zlib';
import { Lab, initSync } from '../../pkg/pictures/simd/uncrumple.js';

const MOST = 400e6;
const file = (/** @type {string} */ path) => readFileSync(new URL(`../../${path}`, import.meta.url));

test('200 steps of an attack, measured on the way, gone back in and on, keep the engine under 400 MB', (t) => {
  const { memory } = initSync({ module: file('pkg/pictures/simd/uncrumple_bg.wasm') });
  const lab = new Lab('imagenet', undefined, 1);
  lab.supply('labels.txt', file('assets/imagenet/labels.txt'));
  for (const name of ['lite0', 'panda']) lab.supply(`${name}.bin`, gunzipSync(file(`assets/imagenet/${name}.bin.gz`)));
  for (let step = 0; step < 200; step += 40) {
    lab.step(40);
    while (!lab.measure(1)); // to the end
    lab.draw();
  }
  lab.seek(100);
  lab.seek(200);
  const bytes = memory.buffer.byteLength;
  t.diagnostic(`${Math.round(bytes / 1e6)} MB`);
  assert.equal(lab.steps(), 200);
  assert.ok(bytes < MOST, `${bytes} bytes`);
  lab.free();
});
