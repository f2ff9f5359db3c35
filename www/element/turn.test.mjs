// Playing by itself: never two at once, only what is seen, and nothing that somebody has operated.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Turn } from './turn.js';

/** A figure that notes what it is told. @param {{ still?: boolean, step?: number }} [how] */
function figure({ still = false, step = 0 } = {}) {
  /** @type {string[]} */
  const told = [];
  const note = (/** @type {string} */ what) => () => void told.push(what);
  const turn = new Turn({ step: () => step, still: () => still, play: note('play'), pause: note('pause'), stop: note('stop'), wait: note('wait') });
  return { told, turn };
}

test('the second in view waits until the first is out of it, and the first goes on when it is seen again', () => {
  const [a, b] = [figure(), figure()];
  a.turn.seen(1);
  b.turn.seen(1);
  assert.deepEqual([a.told, b.told], [['play'], []]);
  a.turn.seen(0);
  assert.deepEqual([a.told, b.told], [['play', 'pause'], ['play']]);
  a.turn.seen(0.5);
  assert.deepEqual(a.told, ['play', 'pause'], 'not while the other plays');
  b.turn.shown(1499);
  b.turn.shown(1500);
  assert.deepEqual([a.told, b.told], [['play', 'pause', 'play'], ['play', 'stop']]);
  b.turn.seen(1);
  assert.deepEqual(b.told, ['play', 'stop'], 'once it has shown enough it rests');
  a.turn.end();
});

test('who was operated neither starts nor is paused, and makes room', () => {
  const [a, b] = [figure(), figure()];
  a.turn.seen(1);
  b.turn.seen(1);
  a.turn.end();
  a.turn.seen(0);
  assert.deepEqual([a.told, b.told], [['play'], ['play']]);
  b.turn.end();
});

test('a little in view is not seen, a run somebody left elsewhere is not started, and under reduced motion it waits', () => {
  const [edge, elsewhere, calm] = [figure(), figure({ step: 7 }), figure({ still: true })];
  edge.turn.seen(0.1);
  elsewhere.turn.seen(1);
  calm.turn.seen(1);
  calm.turn.seen(1);
  assert.deepEqual([edge.told, elsewhere.told, calm.told], [[], [], ['wait']]);
});
