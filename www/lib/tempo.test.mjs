// A page that keeps up and one that does not: when a picture may be coarser.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Tempo } from './tempo.js';

/** @param {Tempo} tempo @param {number} every @param {number} count */
function play(tempo, every, count, start = 0) {
  for (let i = 0; i < count; i++) tempo.frame(start + i * every);
  return tempo.slow;
}

test('sixty frames a second are not slow, fifteen are after less than a second', () => {
  assert.equal(play(new Tempo(), 17, 600), false);
  assert.equal(play(new Tempo(), 66, 10), true);
});

test('one long frame among quick ones is no reason', () => {
  const tempo = new Tempo();
  play(tempo, 17, 60);
  tempo.frame(60 * 17 + 90);
  assert.equal(tempo.slow, false);
});

test('it stays slow while it plays and is forgotten when it rests', () => {
  const tempo = new Tempo();
  play(tempo, 66, 20);
  assert.equal(play(tempo, 17, 100, 2000), true);
  tempo.rest();
  assert.equal(play(tempo, 17, 100, 9000), false);
});

test('a pause between two frames says nothing', () => {
  assert.equal(play(new Tempo(), 1000, 50), false);
});
