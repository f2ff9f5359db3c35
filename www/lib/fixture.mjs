// A lab's declaration with one knob of every kind, for the tests of lib/.

/** @type {import('../worker/protocol.js').Knob[]} */
export const KNOBS = [
  {
    id: 'dataset',
    group: 'data',
    kind: { type: 'choice', choices: ['circle', 'spiral', 'yours'] },
    default: 'spiral',
    live: false,
  },
  {
    id: 'count',
    group: 'data',
    kind: { type: 'number', min: 20, max: 2000, step: 1, scale: 'linear', integer: true },
    default: 400,
    live: false,
  },
  { id: 'features', group: 'data', kind: { type: 'subset', choices: ['x', 'y', 'x2'] }, default: 'x,y', live: false },
  {
    id: 'layers',
    group: 'network',
    kind: { type: 'layers', maxLayers: 8, maxUnits: 64, activations: ['relu', 'tanh', 'leaky-relu'] },
    default: '16,16',
    live: false,
  },
  {
    id: 'rate',
    group: 'training',
    kind: { type: 'number', min: 1e-5, max: 10, step: 0.1, scale: 'log', integer: false },
    default: 0.01,
    live: true,
  },
  {
    id: 'epsilon',
    group: 'push',
    kind: { type: 'number', min: 0, max: 0.5, step: 0.01, scale: 'linear', integer: false },
    default: 0.1,
    live: true,
  },
  { id: 'soft', group: 'view', kind: { type: 'flag' }, default: false, live: true },
  { id: 'target', group: 'push', kind: { type: 'name', max: 40 }, default: 'gibbon', live: true },
];
