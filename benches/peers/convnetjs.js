/** ConvNetJS. It has no tanh before a regression and no Adam: its output is linear in W1, its rule Adadelta in W2. */
globalThis.window = globalThis;
importScripts('harness.js', '../node_modules/convnetjs/build/convnet.js');

const net = (widths, activation, last) => {
  const made = new convnetjs.Net();
  const hidden = widths.map((num_neurons) => ({ type: 'fc', num_neurons, activation }));
  made.makeLayers([{ type: 'input', out_sx: 1, out_sy: 1, out_depth: 2 }, ...hidden, last]);
  return made;
};
const regression = (widths) => net(widths, 'tanh', { type: 'regression', num_neurons: 1 });

const training = (made, count, target, options) => {
  const { x, label } = spiral(count);
  const trainer = new convnetjs.Trainer(made, options);
  const volumes = x.map((point) => new convnetjs.Vol(point));
  const targets = label.map(target);
  let at = 0;
  const run = (n) => {
    for (let i = 0; i < n * options.batch_size; i += 1, at = (at + 1) % count) trainer.train(volumes[at], targets[at]);
  };
  return { units: options.batch_size, run };
};
const sgd = { method: 'sgd', learning_rate: 0.03, momentum: 0, batch_size: 10 };
const sign = (label) => [2 * label - 1];

const field = (side) => () => {
  const made = regression([8, 8]);
  const volumes = grid(side).map((point) => new convnetjs.Vol(point));
  const out = new Float32Array(side * side);
  const run = (n) => {
    for (let i = 0; i < n; i += 1) volumes.forEach((volume, k) => (out[k] = made.forward(volume).w[0]));
  };
  return { units: 1, run };
};

contend({
  W1: () => training(regression([8, 8]), 250, sign, sgd),
  W1b: () => training(regression([4, 2]), 250, sign, sgd),
  W2: () =>
    training(net([64, 64, 64], 'relu', { type: 'softmax', num_classes: 2 }), 1280, (label) => label, {
      method: 'adadelta',
      batch_size: 128,
    }),
  W4s: field(100),
  W4l: field(512),
});
