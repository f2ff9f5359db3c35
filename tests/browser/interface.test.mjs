// The script interface: what a page's own script may count on.
import assert from 'node:assert/strict';
import test from 'node:test';
import { frames, inFigure, openLab, until } from './stand.mjs';

test('ready resolves once the first frame has been shown, at step 0 with nothing running', async () => {
  const page = await openLab();
  const found = await inFigure(page, async (el) => {
    await el.ready;
    return { step: el.readouts.step, playing: el.run?.playing, lab: el.about.id, state: el.state, shape: (await el.channel('shape')).dims };
  });
  assert.deepEqual(found, { step: 0, playing: false, lab: 'boundary', state: { v: 1, lab: 'boundary', seed: 1, at: 0, knobs: {} }, shape: [1, 4] });
});

test('play runs and pause stops where it stands', async () => {
  const page = await openLab();
  await inFigure(page, (el) => el.play());
  await until(page, (el) => (el.run?.step ?? 0) > 20);
  await inFigure(page, (el) => el.pause());
  await until(page, (el) => Boolean(el.run?.settled && !el.run.playing));
  const step = await inFigure(page, (el) => el.readouts.step);
  await frames(page, 20);
  assert.equal(await inFigure(page, (el) => el.readouts.step), step);
});

test('after step(n) every read-out belongs to exactly that step', async () => {
  const page = await openLab();
  const { stepped, again, measured } = await inFigure(page, async (el) => {
    await el.step(120);
    const stepped = { ...el.readouts };
    await el.step(40);
    await el.seek(120);
    await el.step(0);
    return { stepped, again: { ...el.readouts }, measured: [...(await el.channel('measured')).data] };
  });
  assert.equal(stepped.step, 120);
  for (const [name, value] of Object.entries(stepped)) assert.ok(Number.isFinite(value), `${name} is ${value}`);
  assert.deepEqual(measured, [120]);
  const { gradients, ...same } = stepped;
  assert.ok(gradients > 0);
  for (const [name, value] of Object.entries(same)) assert.equal(again[name], value, name);
});

test('the same seed gives the same hash after 200 steps: stepped, gone back to, reset, and on another page', async () => {
  const page = await openLab();
  const [stepped, back, reset, other, sameAgain] = await inFigure(page, async (el) => {
    await el.step(200);
    const stepped = await el.hash();
    await el.step(57);
    await el.seek(200);
    const back = await el.hash();
    await el.reset();
    await el.step(80);
    await el.step(120);
    const reset = await el.hash();
    await el.reset({ seed: 8 });
    await el.step(200);
    const other = await el.hash();
    await el.reset({ seed: 1 });
    await el.step(200);
    return [stepped, back, reset, other, await el.hash()];
  });
  assert.match(stepped, /^[0-9a-f]{12}$/);
  assert.equal(back, stepped, 'gone back to');
  assert.equal(reset, stepped, 'reset');
  assert.equal(sameAgain, stepped, 'reset to that seed');
  assert.notEqual(other, stepped, 'another seed is another run');
  const fresh = await openLab('#v=1&at=200');
  assert.equal(await inFigure(fresh, (el) => el.hash()), stepped, 'on another page, by its link');
});

test('a run that was played and watched has the hash of one that was counted', async () => {
  const page = await openLab();
  await inFigure(page, (el) => el.play());
  await until(page, (el) => (el.run?.step ?? 0) >= 60);
  await inFigure(page, (el) => el.pause());
  const { watched, step } = await inFigure(page, async (el) => ({ watched: await el.hash(), step: el.run?.step ?? 0 }));
  const counted = await openLab();
  assert.equal(await inFigure(counted, async (el, n) => (await el.step(n), el.hash()), step), watched, `at step ${step}`);
});

test('the build without SIMD gives the same hash to the last bit', async () => {
  const hash = async (/** @type {string} */ query) => {
    const page = await openLab(query);
    return inFigure(page, async (el) => {
      await el.step(100);
      return { hash: await el.hash(), simd: el.run?.simd };
    });
  };
  const [fast, plain] = [await hash(''), await hash('&simd=off')];
  assert.deepEqual([fast.simd, plain.simd], [true, false]);
  assert.equal(plain.hash, fast.hash);
});

test('set acts at once on a live knob and begins a new run for another', async () => {
  const page = await openLab();
  const found = await inFigure(page, async (el) => {
    await el.step(20);
    await el.set('rate', 0.005);
    const live = el.run?.step;
    await el.set('layers', '4,3:relu');
    return { live, after: el.run?.step, knobs: el.state.knobs, shape: [...(await el.channel('shape')).data] };
  });
  assert.deepEqual(found, { live: 20, after: 0, knobs: { rate: 0.005, layers: '4,3:relu' }, shape: [2, 4, 3, 2] });
});

test('what the engine refuses rejects with a code, and the running figure is as it was', async () => {
  const page = await openLab();
  const refused = await inFigure(page, async (el) => {
    await el.step(30);
    const before = await el.hash();
    /** @type {[string, any][]} */
    const wrong = [
      ['colour', 1], ['rate', 11], ['rate', -1], ['rate', NaN], ['rate', Infinity], ['rate', 'fast'], ['rate', null], ['optimizer', 'lbfgs'],
      ['batch', 2.5], ['layers', '8,8,8,8,8,8,8,8,8'], ['layers', '65'], ['layers', '8,,8'], ['features', 'x,z'], ['dataset', 3], ['dataset', {}],
    ];
    const codes = [];
    for (const [knob, value] of wrong) {
      const error = await el.set(knob, value).then(() => undefined, (thrown) => thrown);
      codes.push([knob, String(value), error?.name, error?.code]);
    }
    return { codes, before, after: await el.hash(), step: el.run?.step, knobs: el.state.knobs, covered: el.covered };
  });
  assert.deepEqual(refused.codes.filter(([, , name, code]) => name !== 'LabError' || typeof code !== 'string'), []);
  /** @param {string} knob @param {string} value */
  const code = (knob, value) => refused.codes.find(([k, v]) => k === knob && v === value)?.[3];
  assert.equal(code('colour', '1'), 'unknown-knob');
  assert.equal(code('rate', '11'), 'parameter');
  assert.equal(code('rate', '-1'), 'parameter');
  assert.equal(code('rate', 'NaN'), 'non-finite');
  assert.equal(code('rate', 'Infinity'), 'non-finite');
  assert.equal(code('rate', 'fast'), 'wrong-type');
  assert.equal(code('optimizer', 'lbfgs'), 'choice');
  assert.equal(code('dataset', '3'), 'wrong-type');
  assert.equal(refused.after, refused.before);
  assert.equal(refused.step, 30);
  assert.deepEqual([refused.knobs, refused.covered], [{}, undefined]);
});

test('counts that are no whole numbers reject with a RangeError before anything happens', async () => {
  const page = await openLab();
  const names = await inFigure(page, async (el) => {
    const calls = [() => el.step(-1), () => el.step(1.5), () => el.step(NaN), () => el.seek(-1), () => el.reset({ seed: 2 ** 32 }), () => el.channel('nonsense')];
    const names = [];
    for (const call of calls) names.push(await call().then(() => 'none', (error) => error.name));
    return [...names, el.run?.step];
  });
  assert.deepEqual(names, [...Array(6).fill('RangeError'), 0]);
});

test('unknown questions, gestures, files and exports reject with their codes', async () => {
  const page = await openLab();
  const codes = await inFigure(page, async (el) => {
    const calls = [() => el.ask('weather', []), () => el.ask('at', [1]), () => el.load('cat.csv', new Uint8Array()), () => el.export('cat.csv'), () => /** @type {any} */ (el.run).input('wave', [])];
    const codes = [];
    for (const call of calls) codes.push(await call().then(() => 'none', (/** @type {any} */ error) => error.code));
    return codes;
  });
  assert.equal(codes.length, 5);
  assert.deepEqual([codes[2], codes[3], codes[4]], ['unknown-asset', 'unknown-export', 'unknown-input']);
  assert.ok(!codes.includes('none') && !codes.includes('panic') && !codes.includes(undefined), codes.join());
});

test('its files are Blobs: points, curves and the picture', async () => {
  const page = await openLab();
  const files = await inFigure(page, async (el) => {
    await el.step(40);
    const [points, history, picture] = await Promise.all(['points.csv', 'history.csv', 'picture.png'].map((kind) => el.export(kind)));
    const bytes = new Uint8Array(await picture.arrayBuffer());
    return { types: [points.type, history.type, picture.type], points: await points.text(), history: await history.text(), png: [...bytes.slice(1, 4)], size: bytes.length };
  });
  assert.deepEqual(files.types, ['text/csv', 'text/csv', 'image/png']);
  const points = files.points.trim().split('\n').filter((line) => /^-?[\d.]/.test(line));
  assert.equal(points.length, 400);
  for (const line of points) assert.match(line, /^-?[\d.e-]+, ?-?[\d.e-]+, ?\d(, ?[01])?$/);
  const history = files.history.trim().split('\n');
  assert.equal(history.at(-1)?.split(',')[0].trim(), '40');
  assert.deepEqual([String.fromCharCode(...files.png), files.size > 5000], ['PNG', true]);
});

test('channels have the shape they say, and are copies', async () => {
  const page = await openLab('#v=1&resolution=40&count=60&layers=5,3');
  const found = await inFigure(page, async (el) => {
    await el.step(10);
    const names = ['field', 'points', 'shape', 'weights', 'neurons', 'push', 'gradients', 'curve', 'history', 'readouts'];
    /** @type {Record<string, [number, number, number]>} */
    const dims = {};
    for (const name of names) {
      const { dims: [rows, columns], data } = await el.channel(name);
      dims[name] = [rows, columns, data.length];
    }
    const mine = await el.channel('field');
    mine.data.fill(7);
    return { dims, untouched: (await el.channel('field')).data.every((p) => p <= 1), readouts: el.about.readouts.length };
  });
  for (const [name, [rows, columns, length]] of Object.entries(found.dims)) assert.equal(rows * columns, length, name);
  const { field, points, shape, weights, neurons, push, gradients, readouts } = found.dims;
  assert.deepEqual([field.slice(0, 2), points.slice(0, 2), push.slice(0, 2)], [[2, 1600], [60, 4], [60, 4]]);
  assert.deepEqual([shape.slice(0, 2), weights[1], neurons[0], gradients[1]], [[1, 4], 2 * 5 + 5 + 5 * 3 + 3 + 3 * 2 + 2, 2 + 5 + 3 + 2, 2]);
  assert.equal(readouts[1], found.readouts);
  assert.ok(found.untouched);
});

test('frame, state, result and error are told, with what they say they tell', async () => {
  const page = await openLab();
  await inFigure(page, (el) => {
    /** @type {any[]} */
    const told = [];
    Object.assign(globalThis, { told });
    for (const type of ['frame', 'state', 'result', 'error']) {
      el.addEventListener(type, (event) => told.push([type, /** @type {CustomEvent} */ (event).detail, event.bubbles]));
    }
  });
  await inFigure(page, (el) => el.step(25));
  await inFigure(page, (el) => el.set('epsilon', 0.2));
  await until(page, () => /** @type {any} */ (globalThis).told.some((/** @type {any} */ [type]) => type === 'result'));
  const told = await page.evaluate(() => /** @type {[string, any, boolean][]} */ (/** @type {any} */ (globalThis).told));
  const of = (/** @type {string} */ type) => told.filter(([t]) => t === type);
  assert.equal(of('frame').reduce((sum, [, { done }]) => sum + done, 0), 25, 'the steps told of are the steps taken');
  assert.ok(of('state').some(([, state]) => state.knobs.epsilon === 0.2 && state.at === 25));
  const [, result, bubbles] = of('result')[0];
  assert.deepEqual([result.lab, result.seed, result.step, bubbles], ['boundary', 1, 25, true]);
  assert.ok(Number.isFinite(result.readouts.robustAccuracy));
  assert.deepEqual(of('error'), []);
});

test('the link is the state: set, it brings the figure to that moment; the address follows it', async () => {
  const page = await openLab();
  await inFigure(page, async (el) => {
    await el.set('dataset', 'moons');
    await el.set('epsilon', 0.25);
    await el.reset({ seed: 9 });
    await el.step(15);
  });
  await until(page, () => location.hash === '#v=1&seed=9&at=15&dataset=moons&epsilon=0.25');
  const hash = await inFigure(page, (el) => el.hash());
  await page.evaluate(() => (location.hash = '#v=1&dataset=xor'));
  await until(page, (el) => el.state.knobs.dataset === 'xor' && el.state.at === 0 && el.state.seed === 1);
  await page.goBack();
  await until(page, (el) => el.link === 'v=1&seed=9&at=15&dataset=moons&epsilon=0.25');
  assert.equal(await inFigure(page, (el) => el.hash()), hash);
});
