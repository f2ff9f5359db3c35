// What the main thread is spared, held as counts of work: no wasm on it, one tick under way at most, none for what nobody sees.
import assert from 'node:assert/strict';
import test from 'node:test';
import { frames, inFigure, openLab, openPage, until } from './stand.mjs';

/** @typedef {import('./stand.mjs').Page} Page */

/** @param {Page} page @param {number} [which] */
const ticks = (page, which = 0) => page.evaluate((i) => spy.workers[i].asked.tick ?? 0, which);

/** Waits for `count` more ticks. @param {Page} page @param {number} count */
async function moreTicks(page, count) {
  const wanted = (await ticks(page)) + count;
  await until(page, (_, n) => spy.workers[0].asked.tick >= n, wanted);
}

/**
 * Waits until a stretch of animation frames passes without one tick, then holds that another does too.
 *
 * @param {Page} page
 */
async function noMoreTicks(page) {
  for (let before = -1, now = await ticks(page), stretches = 0; now !== before; now = await ticks(page)) {
    assert.ok(stretches++ < 50, 'there is always another tick');
    before = now;
    await frames(page, 20);
  }
  const before = await ticks(page);
  await frames(page, 60);
  assert.equal(await ticks(page), before);
}

test('no wasm runs or is even fetched on the main thread', async () => {
  /** @type {string[]} */
  const fetched = [];
  const page = await openPage('index.html');
  page.on('request', (request) => fetched.push(request.url()));
  await inFigure(page, (el) => el.step(50));
  assert.equal(await page.evaluate(() => spy.wasm), 0);
  const own = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  assert.deepEqual(own.filter((name) => name.includes('.wasm')), []);
  assert.equal(new Set(fetched.filter((url) => url.endsWith('.wasm'))).size, 1, 'the worker fetched one build');
  // The count can fail: a script that does compile wasm is counted.
  await page.evaluate(() => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])));
  assert.equal(await page.evaluate(() => spy.wasm), 1);
});

/** Of the page's thread, for one picture of a figure that plays, on average: above it, pictures would be long tasks. */
const MOST_MS = 50;

test('while it plays, never more than one tick is under way, at every speed, and the thread is left free', async (t) => {
  const page = await openLab();
  await inFigure(page, (el) => el.step(0));
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  // The thread's own time. `ScriptDuration` is the clock's, whatever `setTimeDomain` asks for: it counts what else the machine does, too.
  const busy = async () => (await devtools.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'ThreadTime')?.value ?? NaN;
  // A script's own steps may queue behind a tick; from here on there are only the page's.
  await page.evaluate(() => {
    spy.long = [];
    spy.workers[0].mostTicking = 0;
    const pictures = { count: 0 };
    Object.assign(globalThis, { pictures });
    document.querySelector('uncrumple-lab')?.addEventListener('frame', () => (pictures.count += 1));
  });
  const before = await busy();
  await page.getByRole('button', { name: 'Play' }).click();
  for (const speed of ['1/frame', '100/frame', 'fastest']) {
    await page.getByRole('combobox', { name: 'Speed' }).selectOption({ label: speed });
    await moreTicks(page, 30);
  }
  const { mostTicking, long } = await page.evaluate(() => ({ ...spy.workers[0], long: spy.long }));
  assert.equal(mostTicking, 1);
  const pictures = await page.evaluate(() => /** @type {any} */ (globalThis).pictures.count);
  const each = (1000 * ((await busy()) - before)) / pictures;
  t.diagnostic(`${each.toFixed(1)} ms of the thread for each of ${pictures} pictures, of ${MOST_MS}`);
  assert.ok(each > 0 && each <= MOST_MS, `${each} ms for a picture`);
  const longest = Math.round(Math.max(0, ...long));
  t.diagnostic(`long tasks while it trained: ${long.length}, the longest ${longest} ms (reported, not held: it is the machine's)`);
});

test('pictures follow every frame of a run, words and the timeline only as often as they can be read, and in the end they say the newest', async () => {
  const page = await openLab();
  const done = await inFigure(page, async (el) => {
    await el.step(0);
    const [FRAMES, start] = [120, performance.now()];
    const count = { frames: 0, pictures: 0, words: 0, tracks: 0 };
    // A clock on which every frame of the run takes a 60th of a second.
    performance.now = () => start + (count.frames * 1000) / 60;
    const over = new Promise((resolve) => el.addEventListener('frame', () => ++count.frames === FRAMES && resolve(undefined)));
    const { view } = el;
    if (!view) throw new Error('it is not drawn');
    const { render } = el;
    el.render = () => (count.words++, render.call(el));
    const { frame } = view;
    view.frame = (now) => (count.pictures++, frame(now));
    const track = /** @type {HTMLCanvasElement} */ (el.renderRoot.querySelector('#track')).getContext('2d');
    if (!track) throw new Error('there is no timeline');
    track.clearRect = () => void count.tracks++;
    el.play();
    await over;
    const counted = { ...count };
    el.pause();
    return counted;
  });
  // Two seconds, on that clock.
  assert.ok(done.pictures > 60, `${done.pictures} pictures of ${done.frames} frames`);
  for (const kind of /** @type {const} */ (['words', 'tracks'])) assert.ok(done[kind] >= 5 && done[kind] <= 20, `${kind}: ${done[kind]} times for ${done.pictures} pictures`);
  await until(page, (el) => Boolean(el.run?.settled));
  await until(page, (el) => el.renderRoot.querySelector('.count b')?.textContent === el.count(el.run?.step ?? -1));
});

test('a speed asks for that many steps an animation frame and no more', async () => {
  const page = await openLab();
  await page.getByRole('combobox', { name: 'Speed' }).selectOption({ label: '1/frame' });
  const before = await ticks(page);
  await page.getByRole('button', { name: 'Play' }).click();
  await moreTicks(page, 20);
  await page.getByRole('button', { name: 'Pause' }).click();
  await until(page, (el) => Boolean(el.run?.settled));
  const step = await inFigure(page, (el) => el.run?.step ?? 0);
  assert.ok(step >= 10 && step <= (await ticks(page)) - before, `step ${step}`);
});

test('a paused figure measures to the end and then posts no tick', async () => {
  const page = await openLab();
  await page.getByRole('button', { name: 'Play' }).click();
  await moreTicks(page, 10);
  await page.getByRole('button', { name: 'Pause' }).click();
  await until(page, (el) => Boolean(el.run?.settled));
  await noMoreTicks(page);
});

test('a figure out of view posts no tick, and goes on from there when it comes back', async () => {
  const page = await openLab();
  await page.getByRole('button', { name: 'Play' }).click();
  await moreTicks(page, 10);
  await page.evaluate(() => {
    const far = document.createElement('div');
    far.style.height = '5000px';
    document.body.append(far);
    scrollTo(0, 1e6);
  });
  await noMoreTicks(page);
  const step = await inFigure(page, (el) => [el.run?.step, el.run?.playing]);
  assert.equal(step[1], true, 'it was not paused');
  await page.evaluate(() => scrollTo(0, 0));
  await moreTicks(page, 10);
});

test('a figure that leaves the page ends its worker, and one that comes back has another and stands where it stood', async () => {
  const page = await openLab();
  const before = await inFigure(page, async (el) => {
    await el.step(30);
    return el.hash();
  });
  await page.evaluate(() => {
    const el = /** @type {HTMLElement} */ (document.querySelector('uncrumple-lab'));
    Object.assign(globalThis, { place: el.parentElement, gone: el });
    el.remove();
  });
  assert.deepEqual(await page.evaluate(() => spy.workers.map(({ ended }) => ended)), [true]);
  await page.evaluate(() => {
    const { place, gone } = /** @type {any} */ (globalThis);
    place.append(gone);
  });
  const after = await inFigure(page, async (el) => {
    await el.ready;
    return [el.run?.step, await el.hash()];
  });
  assert.deepEqual(after, [30, before]);
  assert.deepEqual(await page.evaluate(() => spy.workers.map(({ ended }) => ended)), [true, false]);
});

test('a figure removed while its engine is still on its way leaves no worker behind', async () => {
  const page = await openLab();
  for (const wait of [0, 1, 3]) {
    await page.evaluate(async (n) => {
      const el = document.createElement('uncrumple-lab');
      el.setAttribute('lab', 'boundary');
      document.querySelector('main')?.prepend(el);
      const ready = el.ready.catch((error) => error.name);
      for (let i = 0; i < n; i++) await new Promise((seen) => requestAnimationFrame(seen));
      el.remove();
      return ready;
    }, wait);
  }
  await until(page, () => spy.workers.filter(({ ended }) => !ended).length === 1);
  await frames(page, 30);
  assert.equal(await page.evaluate(() => spy.workers.filter(({ ended }) => !ended).length), 1, 'only the page’s own');
});

test('a figure builds its worker only when it comes near, and each figure has its own', async () => {
  const page = await openLab();
  await page.evaluate(() => {
    const far = document.createElement('div');
    far.style.height = '8000px';
    const el = document.createElement('uncrumple-lab');
    el.setAttribute('lab', 'boundary');
    el.id = 'second';
    document.body.append(far, el);
  });
  await frames(page, 30);
  assert.equal(await page.evaluate(() => spy.workers.length), 1);
  await page.evaluate(() => document.querySelector('#second')?.scrollIntoView());
  await until(page, () => spy.workers.length === 2);
  const apart = await page.evaluate(async () => {
    const [one, two] = document.querySelectorAll('uncrumple-lab');
    await Promise.all([one.step(20), two.step(20)]);
    const same = (await one.hash()) === (await two.hash());
    await two.step(1);
    return { same, steps: [one.readouts.step, two.readouts.step] };
  });
  assert.deepEqual(apart, { same: true, steps: [20, 21] });
});
