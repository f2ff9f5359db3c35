// onnxruntime reads our ONNX files and gives the logits of the networks they were written from.
// `onnx.rs` beside this holds the engine to the same files and numbers.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { InferenceSession, Tensor, env } from 'onnxruntime-web/wasm';

/** Networks of points of the plane, then of pictures. @type {{ points: number[], nets: { name: string, file: string, logits: number[] }[] }[]} */
const groups = JSON.parse(readFileSync(new URL('../golden/onnx.json', import.meta.url), 'utf8'));
/** Numbers of a point, and of a picture of 6 × 5 pixels and two channels. */
const WIDTHS = [2, 60];

// One thread, and the runtime's own wasm from the package's folder: it starts no worker and asks no one for anything.
env.wasm.numThreads = 1;

/** @param {string} file hexadecimal @param {number[]} data @param {number} width */
async function run(file, data, width) {
  const session = await InferenceSession.create(Buffer.from(file, 'hex'), { executionProviders: ['wasm'] });
  assert.deepEqual([session.inputNames, session.outputNames], [['point'], ['logits']]);
  const { logits } = await session.run({ point: new Tensor('float32', Float32Array.from(data), [data.length / width, width]) });
  await session.release();
  return logits;
}

test('there are networks of every activation and every feature, and of pictures', () => {
  assert.deepEqual(groups.map(({ nets }) => nets.length), [5, 4]);
  assert.deepEqual(groups.map(({ points }) => points.length), WIDTHS.map((width) => 32 * width));
});

groups.forEach(({ points, nets }, group) => {
  const width = WIDTHS[group];
  for (const { name, file, logits } of nets) {
    test(`${name}: onnxruntime agrees to 1e-5 in every logit`, async () => {
      const theirs = await run(file, points, width);
      const outputs = logits.length / 32;
      assert.deepEqual([...theirs.dims], [32, outputs]);
      const furthest = Math.max(...logits.map((mine, i) => Math.abs(mine - Number(theirs.data[i]))));
      assert.ok(furthest <= 1e-5, `${furthest}`);
      // The rows are a batch of any size.
      const one = await run(file, points.slice(0, width), width);
      assert.deepEqual([...one.dims], [1, outputs]);
    });
  }
});
