// Who is drawn when, by a clock of the test's own.
import assert from 'node:assert/strict';
import test from 'node:test';
import { turns } from './turns.js';

test('parts take turns: one a frame, the longest waiting first, none before its time', () => {
  let now = 0;
  /** @type {string[]} */
  const drawn = [];
  const part = (/** @type {string} */ name, /** @type {number} */ every) => ({ draw: () => void drawn.push(name), every });
  const others = turns([part('points', 50), part('net', 80), part('charts', 200)], () => now);
  for (now = 0; now <= 160; now += 16) others.next();
  assert.deepEqual(drawn, ['points', 'net', 'charts', 'points', 'net', 'points', 'net'].slice(0, drawn.length));
  assert.ok(drawn.length >= 6 && drawn.length < 11, String(drawn));
  drawn.length = 0;
  others.all();
  assert.deepEqual(drawn, ['points', 'net', 'charts']);
});

test('a part that is out of view waits, and is drawn when it comes into view', () => {
  let [now, near] = [1, false];
  /** @type {string[]} */
  const drawn = [];
  const [points, charts] = [() => void drawn.push('points'), () => void drawn.push('charts')];
  const others = turns([{ draw: points, every: 50 }, { draw: charts, every: 50, seen: () => near }], () => now);
  for (; now < 500; now += 16) others.next();
  others.all();
  assert.ok(drawn.length > 3 && !drawn.includes('charts'), String(drawn));
  drawn.length = 0;
  near = true;
  others.came(charts);
  others.next();
  others.all();
  assert.deepEqual(drawn, ['charts', 'points', 'charts']);
});
