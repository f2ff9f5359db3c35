// The figure's parts that need no page: frames and their buffers, settings as they are turned, speech, sentences, a whole run.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { formats } from '../lib/format.js';
import { words } from '../lib/i18n.js';
import { KNOBS } from '../lib/fixture.mjs';
import { readState } from '../lib/url-state.js';
import { Changes } from './changes.js';
import { Frames } from './frames.js';
import { readoutsOf } from './readouts.js';
import { Run } from './run.js';
import { errorSentence, linkSentences } from './sentences.js';
import { Speaker } from './speaker.js';

/** @param {string} lang */
const locale = (lang) => {
  const read = (/** @type {string} */ name) => JSON.parse(readFileSync(new URL(`../locales/${name}.json`, import.meta.url), 'utf8'));
  return { ...words(lang, read(lang), read('en')), formats: formats(lang) };
};
const label = (/** @type {string} */ id) => id;
const turn = () => new Promise((resolve) => setTimeout(resolve));

/** @param {number} step @param {Record<string, number[]>} [channels] @returns {any} */
function frame(step, channels = { a: [step] }, more = {}) {
  const named = Object.entries(channels).map(([name, data]) => [name, { dims: [1, data.length], data: Float32Array.from(data) }]);
  return { type: 'frame', step, done: 0, settled: false, channels: Object.fromEntries(named), texts: {}, ...more };
}

test('read-outs are numbers by name, and those given by a key objects of numbers by that key as it was declared', () => {
  /** @type {any[]} */
  const declared = [
    { id: 'robust', unit: 'share', role: 'claim', by: 'epsilon' },
    { id: 'loss', unit: 'number', role: 'minor' },
    { id: 'probe', unit: 'share', role: 'minor', by: 'layer' },
    { id: 'accuracy', unit: 'share', role: 'minor' },
  ];
  const numbers = frame(3, { readouts: [0.5, 0.75], robust: [0.3, 0.25, 0.1, 1], probe: [0, 0.5, 2, NaN] });
  assert.deepEqual(readoutsOf(declared, numbers), { loss: 0.5, accuracy: 0.75, robust: { '0.1': 1, '0.3': 0.25 }, probe: { 0: 0.5, 2: NaN } });
  assert.deepEqual(readoutsOf(declared, undefined), { robust: {}, loss: NaN, probe: {}, accuracy: NaN });
});

test('a frame’s buffers go back only when a newer one has been drawn', () => {
  const frames = new Frames();
  const [first, second, third] = [frame(1), frame(2), frame(3)];
  frames.put(first);
  frames.show(() => {});
  assert.deepEqual(frames.spare(), []);
  frames.put(second);
  assert.deepEqual(frames.spare(), [], 'the first is still on screen');
  frames.put(third); // the second was never drawn
  assert.deepEqual(frames.spare(), [second.channels.a.data.buffer]);
  frames.show((shown) => assert.equal(shown, third));
  assert.deepEqual(frames.spare(), [first.channels.a.data.buffer]);
  assert.equal(frames.show(() => assert.fail('nothing new')), false);
  assert.equal(frames.newest, third);
});

test('while a setting is on its way the newest value waits, and only that one', async () => {
  const sent = /** @type {any[]} */ ([]);
  /** @type {(() => void)[]} */
  const answers = [];
  const set = (/** @type {string} */ knob, /** @type {any} */ value) => {
    sent.push([knob, value]);
    return new Promise((/** @type {(value: void) => void} */ resolve) => answers.push(() => resolve()));
  };
  const changes = new Changes({ value: () => 0.05, set, refused: () => assert.fail('nothing was refused'), changed: () => {} }, () => 0);
  for (const value of [0.1, 0.2, 0.3, 0.4]) changes.turn({ epsilon: value });
  assert.deepEqual(sent, [['epsilon', 0.1]]);
  assert.equal(changes.pending.get('epsilon'), 0.4);
  answers.shift()?.();
  await turn();
  assert.deepEqual(sent.at(-1), ['epsilon', 0.4]);
  answers.shift()?.();
  await turn();
  assert.equal(changes.pending.size, 0);
  assert.equal(sent.length, 2);
});

/** Changes of three knobs, a clock that is turned by hand. */
function knobs() {
  const values = /** @type {Record<string, any>} */ ({ epsilon: 0.1, rate: 0.02, layer: 'a', unit: 7 });
  const clock = { now: 0 };
  const set = async (/** @type {string} */ knob, /** @type {any} */ value) => void (values[knob] = value);
  const changes = new Changes({ value: (knob) => changes.pending.get(knob) ?? values[knob], set, refused: () => {}, changed: () => {} }, () => clock.now);
  return { values, clock, changes };
}

test('one gesture is taken back as one, two as two, and made again', async () => {
  const { values, clock, changes } = knobs();
  for (const value of [0.11, 0.12, 0.13]) {
    changes.turn({ epsilon: value });
    clock.now += 100;
    await turn();
  }
  clock.now += 5000;
  changes.turn({ rate: 0.5 });
  await turn();
  assert.equal(changes.undo(), 'rate');
  await turn();
  assert.deepEqual([values.epsilon, values.rate], [0.13, 0.02]);
  assert.equal(changes.undo(), 'epsilon');
  await turn();
  assert.deepEqual([values.epsilon, values.rate], [0.1, 0.02]);
  assert.equal(changes.undo(), undefined);
  assert.equal(changes.redo(), 'epsilon');
  assert.equal(changes.redo(), 'rate');
  await turn();
  assert.deepEqual([values.epsilon, values.rate], [0.13, 0.5]);
  assert.equal(changes.redo(), undefined);
  assert.equal(changes.undo(), 'rate');
  changes.turn({ epsilon: 0.2 });
  assert.equal(changes.redo(), undefined, 'what was taken back is gone once something else was done');
});

test('knobs turned together go back together, and looking leaves nothing to take back', async () => {
  const { values, changes } = knobs();
  changes.turn({ unit: 0, layer: 'b' });
  changes.turn({ epsilon: 0.3 }, false);
  await turn();
  assert.equal(changes.undo(), 'layer');
  await turn();
  assert.deepEqual(values, { epsilon: 0.3, rate: 0.02, layer: 'a', unit: 7 });
  assert.equal(changes.undo(), undefined);
  changes.redo();
  await turn();
  assert.deepEqual([values.layer, values.unit], ['b', 0]);
});

test('a refused setting goes back to what it was and is told', async () => {
  const told = /** @type {string[]} */ ([]);
  const changes = new Changes({
    value: () => '8',
    set: async () => {
      throw Object.assign(new Error('no'), { code: 'too-large' });
    },
    refused: (knob, error) => told.push(`${knob}: ${error.code}`),
    changed: () => {},
  });
  changes.turn({ layers: '64,64' });
  await turn();
  assert.equal(changes.pending.size, 0);
  assert.deepEqual(told, ['layers: too-large']);
  assert.equal(changes.undo(), undefined);
});

test('speech is at most one sentence every five seconds, the newest of what waited', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  let time = 0;
  const said = /** @type {string[]} */ ([]);
  const speaker = new Speaker((text) => said.push(text), () => time);
  speaker.say('one');
  speaker.say('two');
  speaker.say('three');
  assert.deepEqual(said, ['one']);
  time = 5000;
  context.mock.timers.tick(5000);
  assert.deepEqual(said, ['one', 'three']);
});

test('every error of the engine has a sentence in both languages', () => {
  const source = readFileSync(new URL('../../src/error.rs', import.meta.url), 'utf8');
  const codes = [...source.matchAll(/=> "([a-z-]+)"/g)].map((match) => match[1]);
  assert.ok(codes.length >= 16, `found ${codes.length} codes`);
  for (const code of [...codes, 'panic', 'start']) {
    for (const lang of ['en', 'fr']) assert.ok(locale(lang).has(`errors.${code}.title`) && locale(lang).has(`errors.${code}.text`), `${lang} ${code}`);
  }
});

test('divergence is said with its step and rate', () => {
  const error = { code: 'diverged', message: '', data: { step: 1212, rate: 3 } };
  assert.equal(errorSentence(locale('en'), error, label).title, 'The loss left the numbers at step 1,212.');
  assert.equal(errorSentence(locale('fr'), error, label).title, 'La perte a cessé d’être un nombre au pas 1\u202f212.');
});

test('a bad line of a file is named, with the reason in the reader’s language', () => {
  const error = { code: 'csv', message: '', data: { line: 14, what: 'y is not a number: no' } };
  assert.equal(errorSentence(locale('en'), error, label).title, 'Line 14 could not be read: y is not a number (no).');
  assert.match(errorSentence(locale('fr'), error, label).title, /La ligne 14 .* y n’est pas un nombre \(no\)\./);
  const unknown = { code: 'csv', message: '', data: { line: 2, what: 'something new' } };
  assert.match(errorSentence(locale('fr'), unknown, label).title, /something new/);
});

test('an error nobody has words for is told in the engine’s own', () => {
  assert.equal(errorSentence(locale('en'), { code: 'brand-new', message: 'the engine said so', data: {} }, label).text, 'the engine said so');
});

test('a bad link names what was not used and what stands in', () => {
  const { problems } = readState('rate=banana&epsilon=9&nope=1', KNOBS);
  const { title, lines } = linkSentences(locale('en'), problems, ({ used }) => String(used ?? 'default'));
  assert.match(title, /^3 settings/);
  assert.deepEqual(lines.map(({ code }) => code), ['rate=banana', 'epsilon=9', 'nope=1']);
  assert.match(lines[1].text, /0\.5 stands in/);
});

/** A worker with a lab of one number: each tick does what it is asked, `set` of a data knob restarts. */
function fakeWorker() {
  const log = /** @type {any[]} */ ([]);
  const state = { step: 0, last: 0, failAt: Infinity, lacks: /** @type {string[]} */ ([]), come: 0, quick: false };
  const port = {
    onmessage: /** @type {any} */ (null),
    onerror: /** @type {any} */ (null),
    onmessageerror: /** @type {any} */ (null),
    terminate() {},
    /** @param {any} request */
    postMessage(request) {
      log.push(request);
      const reply = answer(request);
      setTimeout(() => port.onmessage({ data: { ...reply, id: request.id } }));
    },
  };
  /** @param {any} request */
  function answer(request) {
    const history = () => Array.from({ length: state.step + 1 }, (_, i) => i);
    const now = (/** @type {any} */ more = {}) => {
      state.last = Math.max(state.last, state.step);
      return frame(state.step, { history: history() }, { last: state.last, ...more });
    };
    switch (request.type) {
      case 'describe':
        return { type: 'ready', simd: true, about: { id: 'x', knobs: KNOBS, readouts: [], inputs: [], exports: [], assets: [], step: '' } };
      case 'create':
        state.step = state.last = 0;
        return { type: 'ready' };
      case 'tick': {
        const done = Math.min(request.steps, 30, state.failAt - state.step);
        if (done === 0 && request.steps > 0) return { type: 'error', code: 'diverged', message: '', data: { step: state.step }, fatal: false };
        state.step += done;
        return now({ done, settled: request.settle && (state.quick || done === 0) });
      }
      case 'seek':
        state.step = request.step;
        return now({ config: {}, seed: 1 });
      case 'reset':
        state.step = state.last = 0;
        return now({ config: { epsilon: 0.1 }, seed: request.seed ?? 1 });
      case 'set': {
        if (state.lacks.length > 0) return { type: 'error', code: 'not-supplied', message: '', data: { assets: state.lacks.join(' ') }, fatal: false };
        const restarted = request.knob === 'count';
        if (restarted) state.step = 0;
        if (request.knob !== 'epsilon') state.last = state.step; // a look changes no future
        return now({ restarted, config: { [request.knob]: request.value }, seed: 1 });
      }
      default:
        return now({ config: {}, seed: 1 });
    }
  }
  return { port, log, state };
}

async function started() {
  const worker = fakeWorker();
  const { state } = worker;
  const heard = { frames: 0, stopped: /** @type {string[]} */ ([]), lacked: /** @type {string[][]} */ ([]) };
  const run = new Run(worker.port, {
    frame: () => heard.frames++,
    state: () => {},
    stopped: (error) => heard.stopped.push(error.code),
    fatal: (error) => assert.fail(error),
    lacks: async (assets) => {
      heard.lacked.push(assets);
      state.lacks.splice(0, state.come);
    },
  });
  await run.describe('x', undefined);
  await run.create({}, 1);
  return { ...worker, run, heard };
}

test('counted steps are exactly as many, and end measured', async () => {
  const { run } = await started();
  await run.steps(100, true);
  assert.equal(run.step, 100);
  assert.equal(run.settled, true);
});

test('nothing is asked of the worker while nothing is wanted, and one tick at a time while it plays', async () => {
  const { run, log } = await started();
  await run.steps(0, true);
  const before = log.length;
  run.pull();
  await turn();
  assert.equal(log.length, before, 'still and measured');
  run.play();
  run.pull();
  run.pull();
  run.pull();
  assert.equal(log.length, before + 1);
  await turn();
  run.pull();
  assert.equal(log.length, before + 2);
});

test('playing goes as far as its course, and as far again when it is asked again', async () => {
  const { run } = await started();
  run.course = 7;
  for (const end of [7, 14]) {
    run.play();
    for (let i = 0; i < 12; i++) {
      run.pull();
      await turn();
    }
    assert.deepEqual([run.step, run.playing, run.settled], [end, false, true]);
  }
});

test('a lab that has nothing left to measure while it plays tells where it came to stand, too', async () => {
  for (const stand of [(/** @type {Run} */ run) => run.steps(0, true), async (/** @type {Run} */ run) => (run.pull(), await turn())]) {
    const { run, state, heard } = await started();
    state.quick = true;
    run.play();
    run.pull();
    await turn();
    assert.equal(run.settled, true);
    const before = heard.frames;
    run.pause();
    await stand(run);
    assert.deepEqual([heard.frames, run.settled], [before + 1, true]);
  }
});

test('going back keeps the curve to its end; a training setting turned there ends it', async () => {
  const { run } = await started();
  await run.steps(90, false);
  await run.seek(40);
  assert.deepEqual([run.step, run.last, run.history.length], [40, 90, 91]);
  await run.set('epsilon', 0.3); // looks at the same run differently
  assert.equal(run.last, 90);
  await run.set('rate', 0.3);
  assert.deepEqual([run.last, run.history.length], [40, 41]);
});

test('beyond its furthest step a run is taken on in helpings, and given up for a newer wish', async () => {
  const { run, log } = await started();
  await run.seek(70);
  assert.deepEqual([run.step, run.last], [70, 70]);
  assert.deepEqual(log.filter(({ type }) => type === 'seek').length, 0, 'nothing kept is there to go to');
  const far = run.seek(1_000_000);
  await turn();
  const near = run.seek(10);
  await Promise.all([far, near]);
  assert.equal(run.step, 10);
  assert.ok(run.last < 1000, `went on to ${run.last}`);
  const farther = run.seek(900_000);
  await turn();
  await Promise.all([farther, run.reset({ seed: 3 })]);
  assert.deepEqual([run.step, run.seed], [0, 3]);
});

test('a setting whose files are not there is asked for again once they came, and refused where they do not', async () => {
  const { run, state, heard } = await started();
  await run.steps(90, false);
  state.lacks = ['weights.bin', 'photo.bin'];
  state.come = 1;
  await run.set('count', 50);
  assert.deepEqual(heard.lacked, [['weights.bin', 'photo.bin'], ['photo.bin']]);
  assert.equal(run.step, 0);
  await run.steps(10, false);
  state.lacks = ['other.bin'];
  state.come = 0;
  await assert.rejects(run.set('count', 60), { code: 'not-supplied' });
  assert.deepEqual([run.step, run.config.count], [10, 50], 'the run goes on as it was');
});

test('a setting that rebuilds begins a new run', async () => {
  const { run } = await started();
  await run.steps(90, false);
  await run.set('count', 50);
  assert.deepEqual([run.step, run.last, run.history.length], [0, 0, 1]);
});

test('a step that fails stops the run where it was and is told', async () => {
  const { run, state, heard } = await started();
  state.failAt = 45;
  run.play();
  await assert.rejects(run.steps(100, true), { code: 'diverged' });
  assert.deepEqual([run.step, run.playing], [45, false]);
  assert.deepEqual(heard.stopped, ['diverged']);
  await run.seek(20);
  assert.equal(run.step, 20);
});

test('what must not be mixed is done in the order it was asked', async () => {
  const { run, log } = await started();
  await Promise.all([run.steps(40, false), run.seek(10), run.reset({ seed: 7 }), run.steps(5, false)]);
  assert.deepEqual(
    log.map(({ type }) => type),
    ['describe', 'create', 'tick', 'tick', 'tick', 'seek', 'reset', 'tick'],
  );
  assert.deepEqual([run.step, run.seed], [5, 7]);
});
