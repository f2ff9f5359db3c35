/** Ours: the engine's own loop, and the public class `Lab` that figures use. `?kind=simd` or `?kind=scalar`. */
import './harness.js';

const kind = new URL(location.href).searchParams.get('kind');
const { default: init, Bench, Lab } = await import(`../pkg/${kind}/uncrumple.js`);
await init();

const work = (/** @type {string} */ name) => () => {
  const bench = new Bench(name);
  return { units: bench.units, operations: bench.operations, run: (/** @type {number} */ n) => bench.run(n) };
};

/** The nearest a figure comes to W1: two outputs instead of one, and half of 500 points held out. */
const small = { dataset: 'spiral', count: 500, split: 0.5, layers: '8,8', loss: 'mse', optimizer: 'sgd', rate: 0.03, batch: 10 };
const large = { ...small, count: 2000, layers: '64,64,64', activation: 'relu', loss: 'cross-entropy', optimizer: 'adam', rate: 0.001, batch: 128 };

const train = (/** @type {any} */ config) => () => {
  const lab = new Lab('boundary', config, 1);
  return { units: config.batch, run: (/** @type {number} */ n) => lab.step(n) };
};

const draw = (/** @type {number} */ resolution) => () => {
  const lab = new Lab('boundary', { ...small, resolution }, 1);
  const run = (/** @type {number} */ n) => {
    for (let i = 0; i < n; i += 1) lab.draw();
  };
  return { units: 1, run };
};

const names = ['W1', 'W1b', 'W2', 'W3t', 'W3i', 'W3bt', 'W3bi', 'W5', 'W4s', 'W4l', 'W6f', 'W6b', 'tanh', 'exp', 'peak', ...Bench.products()];
globalThis.contend({
  ...Object.fromEntries(names.map((name) => [name, work(name)])),
  'Lab 8,8': train(small),
  'Lab 64,64,64': train(large),
  'draw 100': draw(100),
  'draw 512': draw(512),
});
