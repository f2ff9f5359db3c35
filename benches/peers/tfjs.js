/**
 * TensorFlow.js with its low-level interface, the faster one on networks this small. `?backend=wasm` or `?backend=cpu`. In wasm it
 * cannot train a convolution (no Conv2DBackpropFilter) nor send a gradient through a depthwise one: W3i, W5 and W6f only. In plain
 * JavaScript one go of W5 would take a minute.
 */
importScripts(
  'harness.js',
  'lite0.js',
  '../node_modules/@tensorflow/tfjs/dist/tf.min.js',
  '../node_modules/@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.min.js',
);

const backend = new URL(location.href).searchParams.get('backend');
tf.wasm.setWasmPaths(new URL('../node_modules/@tensorflow/tfjs-backend-wasm/dist/', location.href).href);

const network = (widths, hidden, last) => {
  const layers = widths.slice(1).map((units, i) => ({
    w: tf.variable(tf.randomNormal([widths[i], units], 0, Math.sqrt(2 / (widths[i] + units)))),
    b: tf.variable(tf.zeros([units])),
  }));
  return (x) => layers.reduce((h, { w, b }, i) => (i + 1 < layers.length ? hidden : last)(tf.add(tf.matMul(h, w), b)), x);
};

const batches = (rows, size) => Array.from({ length: rows.length / size }, (_, i) => rows.slice(i * size, (i + 1) * size));

const training = (x, targets, loss, optimizer, units) => {
  let at = 0;
  const run = (n) => {
    for (let i = 0; i < n; i += 1, at = (at + 1) % x.length) {
      const cost = optimizer.minimize(() => loss(x[at], targets[at]), true);
      if (i === n - 1) cost.dataSync();
      cost.dispose();
    }
  };
  return { units, run };
};

const regression = (widths) => () => {
  const { x, label } = spiral(250);
  const forward = network(widths, tf.tanh, tf.tanh);
  const inputs = batches(x, 10).map((b) => tf.tensor2d(b));
  const targets = batches(label, 10).map((b) => tf.tensor2d(b.map((c) => [2 * c - 1])));
  const loss = (x, t) => tf.mul(0.5, tf.mean(tf.square(tf.sub(forward(x), t))));
  return training(inputs, targets, loss, tf.train.sgd(0.03), 10);
};

const classification = () => {
  const { x, label } = spiral(1280);
  const forward = network([2, 64, 64, 64, 2], tf.relu, (x) => x);
  const inputs = batches(x, 128).map((b) => tf.tensor2d(b));
  const targets = batches(label, 128).map((b) => tf.tensor2d(b.map((c) => (c ? [0, 1] : [1, 0]))));
  const loss = (x, t) => tf.losses.softmaxCrossEntropy(t, forward(x));
  return training(inputs, targets, loss, tf.train.adam(0.001), 128);
};

const field = (side) => () => {
  const forward = network([2, 8, 8, 1], tf.tanh, tf.tanh);
  const points = tf.tensor2d(grid(side));
  const run = (n) => {
    for (let i = 0; i < n; i += 1) tf.tidy(() => forward(points).dataSync());
  };
  return { units: 1, run };
};

/** W3's network. */
const small = () => {
  const [a, b] = [tf.randomNormal([3, 3, 1, 8], 0, 0.47), tf.randomNormal([3, 3, 8, 16], 0, 0.17)];
  const [w, bias] = [tf.randomNormal([784, 10], 0, 0.05), [8, 16, 10].map((n) => tf.zeros([n]))];
  const block = (x, k, b) => tf.maxPool(tf.relu(tf.add(tf.conv2d(x, k, 1, 'same'), b)), 2, 2, 'valid');
  return (x) => tf.add(tf.matMul(tf.reshape(block(block(x, a, bias[0]), b, bias[1]), [32, 784]), w), bias[2]);
};
const batch = () => tf.tensor4d(pictures(32).x.flatMap((pixels) => [...pixels]), [32, 28, 28, 1]);

const answerPictures = () => {
  const [forward, x] = [small(), batch()];
  const run = (n) => {
    for (let i = 0; i < n; i += 1) tf.tidy(() => forward(x).dataSync());
  };
  return { units: 32, run };
};

const attackPictures = () => {
  const [forward, clean] = [small(), batch()];
  const labels = tf.oneHot(tf.argMax(forward(clean), 1), 10).toFloat();
  const slope = tf.grad((x) => tf.losses.softmaxCrossEntropy(labels, forward(x)));
  const [low, high] = [tf.sub(clean, 0.3), tf.add(clean, 0.3)];
  const push = (x) => {
    const pushed = tf.add(x, tf.mul(0.01, tf.sign(slope(x))));
    return tf.clipByValue(tf.minimum(tf.maximum(pushed, low), high), 0, 1);
  };
  const run = (n) => {
    for (let i = 0; i < n; i += 1) {
      tf.tidy(() => {
        let x = clean;
        for (let step = 0; step < 40; step += 1) x = push(x);
        x.dataSync();
      });
    }
  };
  return { units: 32, run };
};

const namePhoto = () => {
  const parts = lite0().map(({ op, size, inputs, outputs, ...layer }) => {
    const shape = op === 'conv' ? [size, size, inputs, outputs] : [size, size, inputs, 1];
    const taps = size * size * (op === 'conv' ? inputs : 1);
    return { ...layer, op, size, w: tf.tensor(drawn(taps * outputs, taps), shape), b: tf.zeros([outputs]) };
  });
  const [w, b] = [tf.tensor(drawn(1_280_000, 1280), [1280, 1000]), tf.zeros([1000])];
  const x = tf.randomUniform([1, 224, 224, 3], -1, 1);
  const forward = () => {
    let [at, read] = [x, x];
    for (const { op, size, stride, clip, add, w, b } of parts) {
      if (op === 'conv' && clip && size === 1) read = at; // a block begins with its widening
      const fused = { x: at, filter: w, strides: stride, pad: 'same', bias: b, activation: clip ? 'relu6' : 'linear' };
      at = op === 'conv' ? tf.fused.conv2d(fused) : tf.fused.depthwiseConv2d(fused);
      if (add) at = tf.add(read, at);
    }
    return tf.add(tf.matMul(tf.mean(at, [1, 2]), w), b);
  };
  const run = (n) => {
    for (let i = 0; i < n; i += 1) tf.tidy(() => forward().dataSync());
  };
  return { units: 1, run };
};

const ready = tf.setBackend(backend).then(() => tf.ready());
const after = (make) => async () => {
  await ready;
  return make();
};
contend({
  W1: after(regression([2, 8, 8, 1])),
  W1b: after(regression([2, 4, 2, 1])),
  W2: after(classification),
  W3i: after(answerPictures),
  ...(backend === 'wasm' ? { W5: after(attackPictures), W6f: after(namePhoto) } : {}),
  W4s: after(field(100)),
  W4l: after(field(512)),
});
