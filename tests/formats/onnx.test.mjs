// onnxruntime reads our ONNX files and gives the logits of the networks they were written from.
// `onnx.rs` beside this holds the engine to the same files and numbers.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { InferenceSession, Tensor, env } from 'onnxruntime-web/wasm';

/** @type {{ points: number[], nets: { name: string, file: string, logits: number[] }[] }} */
const { points, nets } = JSON.parse(readFileSync(new URL('../golden/onnx.json', import.meta.url), 'utf8'));

// One thread, and the runtime's own wasm from the package's folder: it starts no worker and asks no one for anything.
env.wasm.numThreads = 1;

/** @param {string} file hexadecimal @param {number[]} data */
async function run(file, data) {
  const session = await InferenceSession.create(Buffer.from(file, 'hex'), { executionProviders: ['wasm'] });
  assert.deepEqual([session.inputNames, session.outputNames], [['point'], ['logits']]);
  const { logits } = await session.run({ point: new Tensor('float32', Float32Array.from(data), [data.length / 2, 2]) });
  await session.release();
  return logits;
}

test('there are networks of every activation and every feature', () => {
  assert.equal(nets.length, 5);
  assert.equal(points.length, 64);
});

for (const { name, file, logits } of nets) {
  test(`${name}: onnxruntime agrees to 1e-5 in every logit`, async () => {
    const theirs = await run(file, points);
    assert.deepEqual(theirs.dims, [32, 3]);
    const furthest = Math.max(...logits.map((mine, i) => Math.abs(mine - Number(theirs.data[i]))));
    assert.ok(furthest <= 1e-5, `${furthest}`);
    // The rows are a batch of any size.
    const one = await run(file, points.slice(0, 2));
    assert.deepEqual([...one.dims], [1, 3]);
  });
}
