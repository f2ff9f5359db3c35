// The worker's plain parts: pooled buffers, pacing, typed errors, and a client that always answers.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Client } from './client.js';
import { Pace, runFor } from './pace.js';
import { Pool } from './pool.js';
import { LabError, failure } from './protocol.js';

test('a returned buffer is used again for a channel of its size', () => {
  const pool = new Pool();
  const first = pool.copy(new Float32Array([1, 2, 3]));
  pool.give([first.buffer]);
  const second = pool.copy(new Float32Array([4, 5, 6]));
  assert.equal(second.buffer, first.buffer);
  assert.deepEqual([...second], [4, 5, 6]);
  assert.equal(pool.size, 0);
});

test('a buffer of another size is left in the pool', () => {
  const pool = new Pool();
  const first = pool.copy(new Float32Array(3));
  pool.give([first.buffer]);
  assert.notEqual(pool.copy(new Float32Array(4)).buffer, first.buffer);
  assert.equal(pool.size, 1);
});

test('a detached buffer is refused and the pool never grows past its limit', () => {
  const pool = new Pool();
  const gone = new ArrayBuffer(8);
  structuredClone(gone, { transfer: [gone] });
  pool.give([gone]);
  assert.equal(pool.size, 0);
  for (let i = 1; i < 500; i++) pool.give([new ArrayBuffer(i * 4)]);
  assert.ok(pool.size <= 64, `kept ${pool.size}`);
  // The newest sizes are the ones still wanted.
  assert.equal(pool.copy(new Float32Array(499)).byteLength, 499 * 4);
});

test('a steady animation allocates nothing after its second frame', () => {
  const pool = new Pool();
  const views = [new Float32Array(100), new Float32Array(7), new Float32Array(100)];
  const seen = new Set();
  for (let frame = 0; frame < 20; frame++) {
    const copies = views.map((view) => pool.copy(view));
    copies.forEach((copy) => seen.add(copy.buffer));
    pool.give(copies.map((copy) => copy.buffer));
  }
  assert.equal(seen.size, 3);
});

/** A clock that work moves forward, `perStep` milliseconds a step. @param {number} perStep */
function machine(perStep) {
  let time = 0;
  const calls = /** @type {number[]} */ ([]);
  return {
    calls,
    now: () => time,
    work: (/** @type {number} */ n) => {
      calls.push(n);
      time += n * perStep;
      return n;
    },
  };
}

test('one call grows to about two milliseconds of work', () => {
  const pace = new Pace();
  const { work, now, calls } = machine(0.01);
  runFor(pace, work, Infinity, 100, now);
  const last = /** @type {number} */ (calls.at(-1));
  assert.ok(last >= 150 && last <= 200, `ended at ${last} steps a call`);
  assert.deepEqual(calls.slice(0, 4), [1, 2, 4, 8]);
});

test('a heavier network is noticed in one call', () => {
  const pace = new Pace();
  const light = machine(0.01);
  runFor(pace, light.work, Infinity, 50, light.now);
  const heavy = machine(5);
  runFor(pace, heavy.work, 2000, 5000, heavy.now);
  assert.equal(heavy.calls[1], 1);
});

test('exactly as many steps are run as were wanted', () => {
  const pace = new Pace();
  const { work, now } = machine(0.001);
  assert.equal(runFor(pace, work, 1000, 1e9, now), 1000);
  assert.equal(runFor(pace, work, 1, 1e9, now), 1);
});

test('asking for few cheap steps does not make the pace forget', () => {
  const pace = new Pace();
  const { work, now } = machine(0.01);
  runFor(pace, work, Infinity, 100, now);
  const before = pace.next(Infinity);
  runFor(pace, work, 3, 1e9, now);
  assert.ok(pace.next(Infinity) >= before - 1);
});

test('time runs out and the rest is left for the next tick', () => {
  const pace = new Pace();
  const { work, now } = machine(1);
  const done = runFor(pace, work, 1000, 10, now);
  assert.ok(done >= 10 && done < 14, `${done} steps`);
});

test('work that stops short ends the loop', () => {
  const pace = new Pace();
  let left = 5;
  const work = (/** @type {number} */ n) => {
    const did = Math.min(n, left);
    left -= did;
    return did;
  };
  assert.equal(runFor(pace, work, 100, 1e9, () => 0), 5);
});

test('an error of the engine is survivable and keeps its data; anything else is fatal', () => {
  const typed = Object.assign(new Error('rate is 20, above 10'), {
    name: 'LabError',
    code: 'parameter',
    data: { name: 'rate', max: 10 },
  });
  assert.deepEqual(failure(typed), {
    type: 'error',
    code: 'parameter',
    message: 'rate is 20, above 10',
    data: { name: 'rate', max: 10 },
    fatal: false,
  });
  const panic = failure(new WebAssembly.RuntimeError('unreachable'));
  assert.equal(panic.fatal, true);
  assert.equal(panic.code, 'panic');
  assert.equal(failure(undefined, 'start').code, 'start');
  assert.equal(failure('text').message, 'text');
});

/** A worker that is answered by the test. */
function fakePort() {
  const sent = /** @type {any[]} */ ([]);
  return {
    sent,
    ended: false,
    onmessage: /** @type {any} */ (null),
    onerror: /** @type {any} */ (null),
    onmessageerror: /** @type {any} */ (null),
    postMessage(/** @type {any} */ message) {
      sent.push(message);
    },
    terminate() {
      this.ended = true;
    },
    reply(/** @type {any} */ data) {
      this.onmessage({ data });
    },
  };
}

test('each request is answered with its own reply, in whatever order they come', async () => {
  const port = fakePort();
  const client = new Client(port, () => assert.fail('nothing was fatal'));
  const a = client.ask({ type: 'hash' });
  const b = client.ask({ type: 'seek', step: 3 });
  port.reply({ id: port.sent[1].id, type: 'frame', step: 3 });
  port.reply({ id: port.sent[0].id, type: 'answer', hash: 'abc' });
  assert.equal(/** @type {any} */ (await a).hash, 'abc');
  assert.equal(/** @type {any} */ (await b).step, 3);
});

test('a typed error rejects its request and leaves the worker running', async () => {
  const port = fakePort();
  const client = new Client(port, () => assert.fail('nothing was fatal'));
  const asked = client.ask({ type: 'set', knob: 'rate', value: 20 });
  port.reply({ id: 0, type: 'error', code: 'parameter', message: 'm', data: { max: 10 }, fatal: false });
  await assert.rejects(asked, (error) => {
    assert.ok(error instanceof LabError);
    assert.equal(error.code, 'parameter');
    assert.equal(error.data.max, 10);
    return true;
  });
  assert.equal(port.ended, false);
});

test('a panic ends the worker, rejects everyone who waits, and is told once', async () => {
  const port = fakePort();
  const told = /** @type {LabError[]} */ ([]);
  const client = new Client(port, (error) => told.push(error));
  const a = client.ask({ type: 'hash' });
  const b = client.ask({ type: 'hash' });
  port.reply({ id: 0, type: 'error', code: 'panic', message: 'unreachable', data: {}, fatal: true });
  await assert.rejects(a, { code: 'panic' });
  await assert.rejects(b, { code: 'panic' });
  await assert.rejects(client.ask({ type: 'hash' }), { code: 'gone' });
  assert.equal(port.ended, true);
  assert.equal(told.length, 1);
});

test('a worker script that does not load is a fatal error, not a wait without end', async () => {
  const port = fakePort();
  const told = /** @type {LabError[]} */ ([]);
  const client = new Client(port, (error) => told.push(error));
  const asked = client.ask({ type: 'describe', lab: 'boundary' });
  port.onerror({ message: '', preventDefault() {} });
  await assert.rejects(asked, { code: 'start' });
  assert.equal(told[0].fatal, true);
});

test('a worker that was killed without a word is given up, however often it is asked', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const port = fakePort();
  const told = /** @type {string[]} */ ([]);
  const client = new Client(port, (error) => told.push(error.message));
  const first = client.ask({ type: 'describe', lab: 'x' });
  t.mock.timers.tick(600_000);
  assert.deepEqual(told, [], 'the engine may be long on its way');
  port.onmessage?.(/** @type {any} */ ({ data: { id: 0, type: 'answer' } }));
  await first;
  t.mock.timers.tick(600_000);
  assert.deepEqual(told, [], 'nobody waits for anything');
  const lost = assert.rejects(client.ask({ type: 'hash' }), { fatal: true });
  t.mock.timers.tick(29_000);
  const late = assert.rejects(client.ask({ type: 'hash' }), { fatal: true });
  assert.deepEqual(told, []);
  t.mock.timers.tick(3_000);
  await Promise.all([lost, late]);
  assert.deepEqual(told, ['the worker no longer answers']);
  assert.ok(port.ended);
});

test('disposing ends the worker without an error', async () => {
  const port = fakePort();
  const client = new Client(port, () => assert.fail('nobody did anything wrong'));
  const asked = client.ask({ type: 'hash' });
  client.dispose();
  await assert.rejects(asked, { code: 'gone' });
  assert.equal(port.ended, true);
});
