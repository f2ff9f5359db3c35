// Links: what is written is read back, and whatever anyone writes gives settings within limits and never an exception.
import assert from 'node:assert/strict';
import test from 'node:test';
import { KNOBS } from './fixture.mjs';
import { readLayers } from './layers.js';
import { LAST_STEP, readState, writeState } from './url-state.js';

test('a link is read with or without its sign, its knobs typed', () => {
  const { state, problems } = readState('#v=1&seed=7&at=460&epsilon=.2&layers=8,8&soft=1&dataset=circle', KNOBS);
  assert.deepEqual(state, {
    seed: 7,
    at: 460,
    knobs: { epsilon: 0.2, layers: '8,8', soft: true, dataset: 'circle' },
  });
  assert.deepEqual(problems, []);
});

test('defaults are left out, and an untouched figure has an empty link', () => {
  assert.equal(writeState({ seed: 5, at: 0, knobs: { epsilon: 0.1, dataset: 'spiral' } }, KNOBS, { seed: 5 }), '');
  assert.equal(
    writeState({ seed: 6, at: 12, knobs: { epsilon: 0.1, layers: '8:relu,8' } }, KNOBS, { seed: 5 }),
    'v=1&seed=6&at=12&layers=8:relu,8',
  );
});

test('a default that crossed as a 32-bit float is still the default', () => {
  assert.equal(writeState({ knobs: { epsilon: Math.fround(0.1), rate: Math.fround(0.01) } }, KNOBS), '');
});

test('a number above its limit is brought to it, and said', () => {
  const { state, problems } = readState('epsilon=9&count=1e9&rate=-1', KNOBS);
  assert.deepEqual(state.knobs, { epsilon: 0.5, count: 2000, rate: 1e-5 });
  assert.deepEqual(
    problems.map((p) => [p.key, p.why, p.used]),
    [
      ['epsilon', 'range', 0.5],
      ['count', 'range', 2000],
      ['rate', 'range', 1e-5],
    ],
  );
});

test('what is not a value of its knob leaves the default and is said', () => {
  const { state, problems } = readState(
    'rate=banana&layers=900&dataset=__proto__&features=x,z&soft=maybe&count=&epsilon=Infinity',
    KNOBS,
  );
  assert.deepEqual(state, { knobs: {} });
  assert.deepEqual(
    problems.map((p) => `${p.key}:${p.why}`),
    ['rate:number', 'layers:layers', 'dataset:choice', 'features:subset', 'soft:flag', 'count:number', 'epsilon:number'],
  );
});

test('unknown keys, doubled keys, foreign versions and odd seeds are said', () => {
  const { state, problems } = readState('v=9&nope=1&epsilon=.2&epsilon=.3&seed=-1&at=1.5', KNOBS);
  assert.deepEqual(state, { knobs: { epsilon: 0.2 } });
  assert.deepEqual(
    problems.map((p) => `${p.key}:${p.why}`),
    ['v:version', 'nope:unknown', 'epsilon:twice', 'seed:whole', 'at:whole'],
  );
});

test('keys of the page are passed over', () => {
  assert.deepEqual(readState('?lab=boundary&lang=fr&epsilon=.2', KNOBS, { also: ['lab', 'lang'] }).problems, []);
});

test('a long hostile value is quoted back short', () => {
  const { problems } = readState(`rate=${'9'.repeat(100_000)}`, KNOBS);
  assert.ok(problems[0].value.length <= 41);
});

test('what was done travels as text, last, and is left out where nothing was', () => {
  const did = Uint8Array.from({ length: 256 }, (_, i) => i);
  const text = writeState({ seed: 3, at: 5, knobs: {}, did }, KNOBS);
  assert.match(text, /^v=1&seed=3&at=5&did=AAECAwQ[\w-]+$/);
  assert.deepEqual(readState(text, KNOBS), { state: { seed: 3, at: 5, knobs: {}, did }, problems: [] });
  assert.equal(writeState({ at: 5, knobs: {}, did: new Uint8Array() }, KNOBS), 'v=1&at=5');
});

test('what cannot be what was done is said, and nothing is made of it', () => {
  for (const bad of ['A', 'AB', 'A+/=', 'AAE%20', 'AAE=', 'ÄÖÜ', 'A'.repeat(4001)]) {
    const { state, problems } = readState(`at=5&did=${encodeURIComponent(bad)}`, KNOBS);
    assert.deepEqual([state, problems.map(({ key, why }) => [key, why])], [{ at: 5, knobs: {} }, [['did', 'did']]], bad);
    assert.ok(problems[0].value.length <= 41);
  }
});

test('the longest trail the engine packs fits a link with every knob turned', () => {
  const did = new Uint8Array(6_000).fill(255);
  const knobs = { dataset: 'circle', count: 2000, features: 'x,y,x2', layers: Array(8).fill('64:leaky-relu').join(), rate: 0.0123456789, epsilon: 0.123456789, soft: true };
  const state = { seed: 4294967295, at: 1_000_000, knobs, did };
  assert.deepEqual(readState(writeState(state, KNOBS), KNOBS), { state, problems: [] });
});

/** Small and seeded, so that a failure can be run again. @param {number} seed */
function chance(seed) {
  let s = seed;
  const next = () => {
    s = (s + 0x6d2b79f5) | 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    /** @template T @param {T[]} list @returns {T} */
    pick: (list) => list[Math.floor(next() * list.length)],
  };
}

/** @param {ReturnType<typeof readState>['state']} state */
function assertWithinLimits(state) {
  if (state.seed !== undefined) assert.ok(Number.isInteger(state.seed) && state.seed >= 0 && state.seed < 2 ** 32);
  if (state.at !== undefined) assert.ok(Number.isInteger(state.at) && state.at >= 0 && state.at <= LAST_STEP);
  for (const [id, value] of Object.entries(state.knobs)) {
    const knob = KNOBS.find((k) => k.id === id);
    assert.ok(knob, `${id} is not declared`);
    const { kind } = knob;
    if (kind.type === 'number') {
      assert.equal(typeof value, 'number');
      assert.ok(Number(value) >= kind.min && Number(value) <= kind.max, `${id} = ${value}`);
      if (kind.integer) assert.ok(Number.isInteger(value));
    } else if (kind.type === 'choice') assert.ok(kind.choices.includes(String(value)));
    else if (kind.type === 'flag') assert.equal(typeof value, 'boolean');
    else if (kind.type === 'name') assert.ok([...String(value)].length <= kind.max);
    else if (kind.type === 'layers') assert.ok(readLayers(String(value), kind), `${id} = ${value}`);
    else assert.ok(String(value).split(',').every((word) => kind.choices.includes(word)));
  }
}

test('20,000 garbage links give settings within limits, each read back as written', () => {
  const { next, pick } = chance(2017);
  const words = [
    ...KNOBS.map((k) => k.id), 'v', 'seed', 'at', 'did', 'AQEB', '__proto__', 'constructor', 'toString', 'hasOwnProperty', '', '=',
    '&', '#', '?', '%', '%00', '%zz', '%E0%A4%A', '\u0000', '💥', 'NaN', 'null', 'undefined', '-0', '1e999', '1e-999',
    '0x10', '١٢', ' 8 , 8 ', '8:relu,8', '8:evil', ',,,,', '-8', '9'.repeat(30), '<script>', 'javascript:1', 'circle',
    'x,y', 'x,x,y', 'true', '.5', '5.', '.', '+1', '1_000', '0.1', '400',
  ];
  for (let i = 0; i < 20_000; i++) {
    let text = '';
    const parts = Math.floor(next() * 8);
    for (let j = 0; j < parts; j++) {
      text += pick(words);
      text += next() < 0.6 ? '=' : pick(['', '&', '=', '#']);
      text += next() < 0.2 ? String.fromCharCode(Math.floor(next() * 65536)) : pick(words);
      text += next() < 0.8 ? '&' : '';
    }
    const { state } = readState(text, KNOBS);
    assertWithinLimits(state);
    assert.equal(Object.getPrototypeOf(state.knobs), Object.prototype);
    const again = readState(writeState(state, KNOBS), KNOBS);
    assert.deepEqual(again.problems, [], `${JSON.stringify(text)} → ${writeState(state, KNOBS)}`);
    assert.equal(writeState(again.state, KNOBS), writeState(state, KNOBS));
  }
});
