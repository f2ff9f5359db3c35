// The imagenet stage's parts that need no page: headers of picture files, squares of them, pushes made visible, sides drawn, ticks, words.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { formats } from '../../lib/format.js';
import { same } from './beside.js';
import { ticksTo } from './evolve.js';
import { sideOf } from './game.js';
import { sizeOf } from './header.js';
import { namesOf } from './names.js';
import { averaged, plan } from './own-photo.js';
import { gainOf, rgbaOf, rgbaOfPush } from './rgb.js';
import { Store } from './store.js';
import { sureText } from './words.js';

/** @param {...(number | string)} parts numbers are bytes, texts their letters */
const bytes = (...parts) => Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...part].map((c) => c.charCodeAt(0)) : [part])));

test('a file says how large its picture is before it is unpacked', () => {
  const png = bytes(0x89, 'PNG', 13, 10, 26, 10, 0, 0, 0, 13, 'IHDR', 0, 0, 0x27, 0x10, 0, 0, 0x27, 0x11);
  assert.deepEqual(sizeOf(png), { width: 10_000, height: 10_001 });
  assert.deepEqual(sizeOf(bytes('GIF89a', 0x40, 1, 0xf0, 0)), { width: 320, height: 240 });
  const bmp = bytes('BM', ...new Array(16).fill(0), 3, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff);
  assert.deepEqual(sizeOf(bmp), { width: 3, height: 2 }, 'a BMP from the top down');
  // Behind what a camera writes (APP1), and a table (DHT) whose marker lies among those of frames; a frame of progressive coding.
  const jpeg = bytes(0xff, 0xd8, 0xff, 0xe1, 0, 5, 1, 2, 3, 0xff, 0xc4, 0, 3, 9, 0xff, 0xff, 0xc2, 0, 17, 8, 0x0b, 0xd0, 0x0f, 0xa0, 3);
  assert.deepEqual(sizeOf(jpeg), { width: 4000, height: 3024 });
});

test('the three kinds of WebP say their size each in their own way', () => {
  const riff = (/** @type {string} */ kind, /** @type {number[]} */ ...rest) => bytes('RIFF', 0, 0, 0, 0, 'WEBP', kind, 0, 0, 0, 0, ...rest, ...new Array(16).fill(0));
  assert.deepEqual(sizeOf(riff('VP8X', 0, 0, 0, 0, 0x8f, 1, 0, 0x2b, 1, 0)), { width: 400, height: 300 });
  assert.deepEqual(sizeOf(riff('VP8 ', 0, 0, 0, 0x9d, 1, 0x2a, 0x90, 1, 0x2c, 1)), { width: 400, height: 300 });
  assert.deepEqual(sizeOf(riff('VP8L', 0x2f, 0x8f, 0xc1, 0x4a, 0)), { width: 400, height: 300 });
  const shipped = readFileSync(new URL('../../assets/imagenet/panda.webp', import.meta.url));
  assert.deepEqual(sizeOf(shipped), { width: 96, height: 96 });
});

test('a header cut off, or of another kind, says nothing', () => {
  const none = [[], [0x89, 0x50], [0xff, 0xd8, 0xff, 0xe1, 0, 200, 1], [0xff, 0xd8, 1, 2, 3, 4, 5, 6, 7, 8, 9], [...bytes('RIFF....WEBPVP8?'), ...new Array(20).fill(0)], [...bytes('<svg xmlns=')]];
  for (const file of none) assert.equal(sizeOf(Uint8Array.from(file)), undefined);
});

test('the middle square is taken as it is up to 2,047 pixels, and above in whole blocks', () => {
  assert.deepEqual(plan(640, 480), { n: 1, side: 480, left: 80, top: 0 });
  assert.deepEqual(plan(2047, 5000), { n: 1, side: 2047, left: 0, top: 1476 });
  assert.deepEqual(plan(4032, 3024), { n: 2, side: 1512, left: 504, top: 0 });
  assert.deepEqual(plan(8064, 6048), { n: 5, side: 1209, left: 1009, top: 1 });
  assert.deepEqual(plan(1, 9), { n: 1, side: 1, left: 0, top: 4 });
  for (let short = 2048; short < 12_000; short += 331) assert.ok(plan(short, short).side >= 1024 && plan(short, short).side < 1536);
});

test('blocks are averaged in whole numbers, on white where they are clear', () => {
  const row = (/** @type {number[][]} */ ...pixels) => pixels.flat();
  const rgba = Uint8ClampedArray.from([
    ...row([10, 0, 255, 255], [20, 0, 255, 255], [0, 0, 0, 0], [0, 0, 0, 0]),
    ...row([30, 1, 255, 255], [41, 1, 255, 255], [100, 0, 0, 128], [0, 0, 0, 0]),
  ]);
  const out = new Uint8Array(8);
  averaged(rgba, 2, 2, out);
  assert.deepEqual([...out], [25, 1, 255, 255, 236, 223, 223, 255]);
});

test('bytes become pixels; a push is made as large as fits, grey where nothing changes', () => {
  assert.deepEqual([...rgbaOf([1, 2, 3, 4, 5, 6])], [1, 2, 3, 255, 4, 5, 6, 255]);
  assert.deepEqual([gainOf([5, 5], [6, 4]), gainOf([5, 5], [5, 8]), gainOf([0], [200]), gainOf([7], [7])], [127, 42, 1, 1]);
  assert.deepEqual([...rgbaOfPush([10, 10, 10], [11, 10, 9], 127)], [254, 127, 0, 255]);
});

test('the original is left or right by seed and round, as often as not, and the same again by the same seed', () => {
  const sides = Array.from({ length: 400 }, (_, round) => sideOf(7, round));
  assert.deepEqual(sides, Array.from({ length: 400 }, (_, round) => sideOf(7, round)));
  const left = sides.filter((side) => side === 0).length;
  assert.ok(left > 160 && left < 240, `${left} of 400`);
  const changes = sides.filter((side, i) => i > 0 && side !== sides[i - 1]).length;
  assert.ok(changes > 160 && changes < 240, `${changes} changes`);
  assert.notDeepEqual(sides, Array.from({ length: 400 }, (_, round) => sideOf(8, round)));
});

test('steps have few ticks at round numbers', () => {
  assert.deepEqual(ticksTo(3), [0, 1, 2, 3]);
  assert.deepEqual(ticksTo(30), [0, 10, 20, 30]);
  assert.deepEqual(ticksTo(200), [0, 50, 100, 150, 200]);
  assert.deepEqual(ticksTo(47), [0, 20, 40]);
});

test('how sure it is has a tenth of a per cent, and is never rounded to all', () => {
  assert.deepEqual([0.9724, 0.99996, 1, 0.0004].map((share) => sureText(formats('en'), share)), ['97.2\u202f%', '99.9\u202f%', '100.0\u202f%', '0.0\u202f%']);
  assert.equal(sureText(formats('fr'), 0.9724), '97,2\u202f%');
});

test('two readings are the same by their first class', () => {
  const one = [{ index: 3, share: 0.9 }];
  assert.deepEqual([same(one, [{ index: 3, share: 0.2 }]), same(one, [{ index: 4, share: 0.9 }]), same(one, []), same([], [])], [true, false, false, false]);
});

test('names come one a line, 1,000 of them', () => {
  assert.deepEqual(namesOf('tench\n  great white shark \n\n'), ['tench', 'great white shark']);
  const names = namesOf(readFileSync(new URL('../../assets/imagenet/labels.txt', import.meta.url), 'utf8'));
  assert.deepEqual([names.length, names[388], names[368]], [1000, 'giant panda', 'gibbon']);
});

test('a frame without pictures leaves nothing of the one before', () => {
  const readouts = [{ id: 'top1', unit: 'text' }, { id: 'linf', unit: 'number' }];
  const store = new Store(/** @type {any} */ ({ readouts }));
  const table = (/** @type {number} */ rows, /** @type {number[]} */ ...data) => ({ dims: [rows, data.length / Math.max(1, rows)], data: Float32Array.from(data) });
  const frame = (/** @type {object} */ channels) => /** @type {any} */ ({ step: 4, done: 1, settled: true, texts: { top1: 'gibbon' }, channels });
  store.take(frame({ now: table(2, 368, 0.75, 388, 0.25), goal: table(1, 388, 368), readouts: table(1, 1) }));
  assert.deepEqual(store.guesses('now'), [{ index: 368, share: 0.75 }, { index: 388, share: 0.25 }]);
  assert.deepEqual([store.from, store.to, store.readouts.linf, store.top1], [388, 368, 1, 'gibbon']);
  store.take(frame({}));
  assert.deepEqual([store.guesses('now'), store.from, store.to, store.moved], [[], -1, -1, false]);
});
