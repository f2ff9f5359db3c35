/** brain.js. It knows no minibatches, softmax or cross-entropy: W1 updates after every sample, W2 cannot be said. */
importScripts('harness.js', '../node_modules/brain.js/browser.min.js');

const training = (hiddenLayers) => () => {
  const { x, label } = spiral(250);
  const net = new brain.NeuralNetwork({ hiddenLayers, activation: 'tanh' });
  const samples = x.map((input, i) => ({ input, output: [2 * label[i] - 1] }));
  net.train(samples, { iterations: 1, learningRate: 0.03 });
  const data = samples.map(({ input, output }) => ({ input: Float32Array.from(input), output: Float32Array.from(output) }));
  let at = 0;
  const run = (n) => {
    for (let i = 0; i < n * 10; i += 1, at = (at + 1) % 250) net.trainPattern(data[at]);
  };
  return { units: 10, run, net };
};

const field = (side) => () => {
  const { net } = training([8, 8])();
  const points = grid(side).map((point) => Float32Array.from(point));
  const out = new Float32Array(side * side);
  const run = (n) => {
    for (let i = 0; i < n; i += 1) points.forEach((point, k) => (out[k] = net.runInput(point)[0]));
  };
  return { units: 1, run };
};

contend({ W1: training([8, 8]), W1b: training([4, 2]), W4s: field(100), W4l: field(512) });
