/** onnxruntime-web, its wasm with SIMD, one thread: EfficientNet-Lite0 forward (W6f). It trains nothing and has no gradients. */
import './harness.js';
import './lite0.js';

const DIST = new URL('../node_modules/onnxruntime-web/dist/', import.meta.url).href;
const FLOAT = 1;

// ---- an ONNX file is a message of Protocol Buffers: fields of a number and a kind, 0 for whole numbers, 2 for what has a length ----

const varint = (value) => {
  const bytes = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return [...bytes, left];
    bytes.push((left % 128) | 128);
  }
};
const whole = (field, value) => Uint8Array.from([...varint(field * 8), ...varint(value)]);
const bytes = (field, parts) => {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return [Uint8Array.from([...varint(field * 8 + 2), ...varint(length)]), ...parts];
};
const text = (field, value) => bytes(field, [new TextEncoder().encode(value)]);

const tensor = (name, dims, data) => bytes(5, [...dims.map((d) => whole(1, d)), whole(2, FLOAT), ...text(8, name), ...bytes(9, [new Uint8Array(data.buffer)])]);
const ints = (name, values) => bytes(5, [...text(1, name), ...values.map((v) => whole(8, v)), whole(20, 7)]);
const int = (name, value) => bytes(5, [...text(1, name), whole(3, value), whole(20, 2)]);
const word = (name, value) => bytes(5, [...text(1, name), ...text(4, value), whole(20, 3)]);
const node = (op, inputs, output, attributes = []) => bytes(1, [...inputs.flatMap((name) => text(1, name)), ...text(2, output), ...text(4, op), ...attributes.flat()]);
const value = (field, name, dims) =>
  bytes(field, [...text(1, name), ...bytes(2, bytes(1, [whole(1, FLOAT), ...bytes(2, dims.flatMap((d) => bytes(1, [whole(1, d)])))]))]);

function model() {
  const nodes = [];
  const weights = [tensor('low', [], new Float32Array([0])), tensor('high', [], new Float32Array([6]))];
  let [at, read, made] = ['x', 'x', 0];
  const put = (op, inputs, attributes) => {
    at = `v${(made += 1)}`;
    nodes.push(node(op, inputs, at, attributes));
  };
  for (const { op, size, stride, inputs, outputs, clip, add } of lite0()) {
    const groups = op === 'depthwise' ? inputs : 1;
    const [w, b] = [`w${made}`, `b${made}`];
    const taps = (inputs / groups) * size * size;
    weights.push(tensor(w, [outputs, inputs / groups, size, size], drawn(outputs * taps, taps)), tensor(b, [outputs], new Float32Array(outputs)));
    if (op === 'conv' && clip && size === 1) read = at; // a block begins with its widening
    put('Conv', [at, w, b], [ints('kernel_shape', [size, size]), ints('strides', [stride, stride]), int('group', groups), word('auto_pad', 'SAME_UPPER')]);
    if (clip) put('Clip', [at, 'low', 'high']);
    if (add) put('Add', [read, at]);
  }
  put('GlobalAveragePool', [at]);
  put('Flatten', [at]);
  weights.push(tensor('w', [1280, 1000], drawn(1_280_000, 1280)), tensor('b', [1000], new Float32Array(1000)));
  nodes.push(node('Gemm', [at, 'w', 'b'], 'y'));
  const graph = [...nodes.flat(), ...text(2, 'lite0'), ...weights.flat(), ...value(11, 'x', [1, 3, 224, 224]), ...value(12, 'y', [1, 1000])];
  const parts = [whole(1, 8), ...bytes(8, [...text(1, ''), whole(2, 13)]), ...bytes(7, graph)];
  const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    file.set(part, offset);
    offset += part.length;
  }
  return file;
}

const forward = async () => {
  const ort = await import(`${DIST}ort.wasm.min.mjs`);
  Object.assign(ort.env.wasm, { numThreads: 1, wasmPaths: DIST });
  const session = await ort.InferenceSession.create(model(), { executionProviders: ['wasm'] });
  const x = new ort.Tensor('float32', Float32Array.from({ length: 3 * 224 * 224 }, () => 2 * Math.random() - 1), [1, 3, 224, 224]);
  const run = async (n) => {
    for (let i = 0; i < n; i += 1) await session.run({ x });
  };
  return { units: 1, run };
};

contend({ W6f: forward });
