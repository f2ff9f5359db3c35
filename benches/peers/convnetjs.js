/** ConvNetJS. It has no tanh before a regression and no Adam: its output is linear in W1, its rule Adadelta in W2 and W3t. */
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

/** W3's network. */
const small = () => {
  const conv = (filters) => ({ type: 'conv', sx: 3, filters, stride: 1, pad: 1, activation: 'relu' });
  const pool = { type: 'pool', sx: 2, stride: 2 };
  const made = new convnetjs.Net();
  const input = { type: 'input', out_sx: 28, out_sy: 28, out_depth: 1 };
  made.makeLayers([input, conv(8), pool, conv(16), pool, { type: 'softmax', num_classes: 10 }]);
  return made;
};
const volumesOf = (x) =>
  x.map((pixels) => {
    const volume = new convnetjs.Vol(28, 28, 1, 0);
    volume.w.set(pixels);
    return volume;
  });

const trainPictures = () => {
  const { x, label } = pictures(128);
  const volumes = volumesOf(x);
  const trainer = new convnetjs.Trainer(small(), { method: 'adadelta', batch_size: 32 });
  let at = 0;
  const run = (n) => {
    for (let i = 0; i < n; i += 1, at = (at + 1) % 128) trainer.train(volumes[at], label[at]);
  };
  return { units: 1, run };
};

const answerPictures = () => {
  const made = small();
  const volumes = volumesOf(pictures(32).x);
  const run = (n) => {
    for (let i = 0; i < n; i += 1) volumes.forEach((volume) => made.forward(volume));
  };
  return { units: 32, run };
};

contend({
  W1: () => training(regression([8, 8]), 250, sign, sgd),
  W1b: () => training(regression([4, 2]), 250, sign, sgd),
  W2: () =>
    training(net([64, 64, 64], 'relu', { type: 'softmax', num_classes: 2 }), 1280, (label) => label, {
      method: 'adadelta',
      batch_size: 128,
    }),
  W3t: trainPictures,
  W3i: answerPictures,
  W4s: field(100),
  W4l: field(512),
});
