// What the largest dream takes of a tab: the engine itself, as a figure's worker has it, dreams 512 pixels in four octaves.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { gunzipSync } from 'node:zlib';
import { Lab, initSync } from '../../pkg/pictures/simd/uncrumple.js';

const MOST = 400e6;
const file = (/** @type {string} */ path) => readFileSync(new URL(`../../${path}`, import.meta.url));

test('a dream of 512 pixels, gone back in and on, keeps the engine under 400 MB', (t) => {
  const { memory } = initSync({ module: file('pkg/pictures/simd/uncrumple_bg.wasm') });
  const lab = new Lab('dream', { size: 512, octaves: 4, perOctave: 4 }, 1);
  for (const name of ['lite0', 'jaguar']) lab.supply(`${name}.bin`, gunzipSync(file(`assets/imagenet/${name}.bin.gz`)));
  for (let step = 0; step < 16; step++) lab.step(1);
  lab.seek(5);
  lab.seek(16);
  const bytes = memory.buffer.byteLength;
  t.diagnostic(`${Math.round(bytes / 1e6)} MB`);
  assert.ok(bytes < MOST, `${bytes} bytes`);
  lab.free();
});
