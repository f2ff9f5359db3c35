// Painting on a plane without a page: what a press sends, where keys lead, how strokes are taken back.
import assert from 'node:assert/strict';
import test from 'node:test';
import { dab, moved } from './brush.js';
import { classesIn, same } from './points.js';
import { strokes } from './strokes.js';

test('a press sends what the tool is for', () => {
  const view = /** @type {any} */ ({ tool: 'paint', cls: 3, brush: 0.2 });
  assert.deepEqual(dab(view, [0.5, -0.5]), { kind: 'paint', data: [3, 0.5, -0.5, 0.2] });
  assert.deepEqual(dab({ ...view, tool: 'hole' }, [0.5, -0.5]), { kind: 'hole', data: [0.5, -0.5, 0.2] });
  assert.deepEqual(dab({ ...view, tool: 'erase' }, [0, 0])?.kind, 'erase');
  assert.equal(dab({ ...view, tool: 'look' }, [0, 0]), undefined);
});

test('arrow keys move the crosshair, with Shift further, and never off the plane', () => {
  assert.deepEqual(moved(null, { key: 'ArrowUp', shiftKey: false }), [0, 0.02]);
  assert.deepEqual(moved([0.5, 0.98], { key: 'ArrowUp', shiftKey: true }), [0.5, 1]);
  assert.deepEqual(moved([-1, 0.3], { key: 'ArrowLeft', shiftKey: false }), [-1, 0.3]);
  assert.equal(moved([0, 0], { key: 'n', shiftKey: false }), undefined);
});

test('a stroke is taken back whole, and what something else changed is not mistaken for one', async () => {
  /** @type {string[]} */
  let sent = [];
  /** @type {(() => void)[]} */
  let waiting = [];
  const drawn = strokes((kind) => {
    sent.push(kind);
    return new Promise((resolve) => waiting.push(() => resolve(undefined)));
  });
  /** The run has had all that was sent. */
  const had = async () => {
    for (const answer of waiting) answer();
    waiting = [];
    await new Promise((resolve) => setTimeout(resolve));
  };
  /** How many dabs went back, or came again. @param {'undo' | 'redo'} what */
  const again = (what) => {
    sent = [];
    drawn.again(what);
    assert.ok(sent.every((kind) => kind === what));
    return sent.length;
  };
  for (const dabs of [3, 2]) {
    for (let i = 0; i < dabs; i++) drawn.edit('paint', [0, 0, 0, 0.1]);
    drawn.lift();
  }
  assert.equal(sent.length, 5, 'every dab reaches the run');
  assert.deepEqual([again('undo'), again('undo'), again('undo')], [2, 3, 1]);
  assert.deepEqual([again('redo'), again('redo'), again('redo')], [3, 2, 1]);
  assert.ok(drawn.key('undo') && drawn.key('redo') && !drawn.key('redo'), 'keys take back what is known, and no more');
  drawn.picture(true);
  await had();
  drawn.picture(true);
  assert.equal(again('undo'), 2, 'however long the run takes for its dabs, a stroke stays one');
  drawn.edit('erase', [0, 0, 0.1]);
  drawn.edit('erase', [0, 0, 0.1]);
  await had();
  drawn.picture(false);
  drawn.picture(true);
  assert.equal(again('undo'), 1, 'a file was opened after strokes that changed nothing');
});

test('points are counted by class, and compared number by number', () => {
  assert.equal(classesIn(Float32Array.of(0, 0, 3, 0, 1, 1, 3, 1, 0.5, 0, 0, 0)), 2);
  assert.ok(same(Float32Array.of(1, NaN), Float32Array.of(1, NaN)));
  assert.ok(!same(Float32Array.of(1, 2), Float32Array.of(1, 3)) && !same(Float32Array.of(1), Float32Array.of(1, 1)));
});
