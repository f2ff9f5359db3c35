// What a figure survives: a worker that is killed, storage that is denied, hands that never rest.
import assert from 'node:assert/strict';
import test from 'node:test';
import { chance } from './chance.mjs';
import { inFigure, openLab, openPage, until } from './stand.mjs';

test('a worker that was killed without a word is noticed, and restarting gives the same run', async () => {
  const page = await openLab('#v=1&dataset=moons&seed=7');
  const before = await inFigure(page, async (el) => (await el.step(40), el.hash()));
  await page.evaluate(() => {
    // Seconds pass when this test says so.
    const seconds = /** @type {(() => void)[]} */ ([]);
    const real = globalThis.setInterval;
    Object.assign(globalThis, {
      seconds,
      setInterval: (/** @type {() => void} */ call, /** @type {number} */ ms) => (ms === 1000 ? seconds.push(call) : real(call, ms)),
    });
    const [port] = spy.ports;
    Object.getPrototypeOf(Object.getPrototypeOf(port)).terminate.call(port);
  });
  const lost = inFigure(page, (el) => el.step(5).then(() => 'answered', (error) => error.code));
  await until(page, () => /** @type {any} */ (globalThis).seconds.length === 1);
  await page.evaluate(() => {
    for (let i = 0; i < 31; i++) /** @type {any} */ (globalThis).seconds[0]();
  });
  assert.equal(await lost, 'panic');
  const alert = page.getByRole('alert');
  await alert.getByText('This figure stopped unexpectedly').waitFor();
  await alert.getByRole('button', { name: 'Restart from seed 7' }).click();
  await alert.waitFor({ state: 'detached' });
  assert.equal(await inFigure(page, async (el) => (await el.ready, await el.step(40), el.hash())), before);
});

test('with storage denied the page works, and theme and language can be switched', async () => {
  const page = await openPage('index.html');
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage']) {
      Object.defineProperty(globalThis, name, { get() { throw new DOMException('denied by this test', 'SecurityError'); } });
    }
  });
  await page.goto(page.url().replace('index.html', 'lab.html?lab=boundary'));
  assert.equal(await page.evaluate(() => { try { return String(localStorage); } catch (error) { return /** @type {Error} */ (error).name; } }), 'SecurityError');
  await inFigure(page, async (el) => (await el.ready, el.step(5)));
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
  await page.getByRole('button', { name: 'Light or dark' }).click();
  const first = await theme();
  await page.getByRole('button', { name: 'Light or dark' }).click();
  assert.deepEqual([first, await theme()].sort(), ['dark', 'light']);
  await until(page, () => location.hash === '#v=1&at=5');
  await page.locator('[data-language]').click();
  await page.getByRole('button', { name: 'Lancer' }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'fr');
  assert.equal(await inFigure(page, async (el) => (await el.ready, await el.step(5), el.run?.step)), 10, 'from step 5, where its address had it');
});

/**
 * Runs in the page; self-contained. `count` interactions, 20 between two animation frames, which is more than 200 a second
 * wherever pages are drawn at more than 10 Hz: presses, sliders, choices, keys, strokes, seeks, whatever a hand or a script can do.
 *
 * @param {import('./stand.mjs').Figure} el
 * @param {{ count: number, seed: number }} how
 */
async function restless(el, { count, seed }) {
  const next = /** @type {{ chance: typeof chance }} */ (/** @type {unknown} */ (globalThis)).chance(seed);
  const among = (/** @type {any} */ list) => list[Math.floor(next() * list.length)];
  const root = /** @type {ShadowRoot} */ (el.shadowRoot);
  /** @type {Record<string, number>} */
  const done = {};
  /** @type {string[]} */
  const unexpected = [];
  const script = (/** @type {Promise<unknown>} */ call) =>
    call.catch((error) => {
      if (!['LabError', 'RangeError'].includes(error.name) || error.fatal) unexpected.push(`${error.name}: ${error.message}`);
    });
  const all = (/** @type {string} */ selector) => /** @type {any[]} */ ([...root.querySelectorAll(selector)].filter((it) => !it.closest('.menu-list, .own-points') && !(/** @type {any} */ (it).disabled)));
  const send = (/** @type {any} */ it) => ['input', 'change'].forEach((type) => it.dispatchEvent(new Event(type, { bubbles: true })));
  const place = () => next() * 2 - 1;
  const acts = {
    press: () => among(all('button'))?.click(),
    slide: () => {
      const slider = among(all('input[type="range"]').filter(({ id, max }) => !id.includes('resolution') && Number(max) !== 512));
      if (!slider) return;
      slider.valueAsNumber = Number(slider.min) + next() * (Number(slider.max) - Number(slider.min));
      send(slider);
    },
    choose: () => {
      const box = among(all('select, input[type="radio"], input[type="checkbox"]'));
      if (box?.localName !== 'select') return box?.click();
      box.selectedIndex = Math.floor(next() * box.options.length);
      send(box);
    },
    write: () => {
      const field = among(all('input[type="text"], input[type="number"], input:not([type])'));
      if (!field) return;
      field.value = among(['', '5', '0.1', 'x', '1e9', '-3']);
      send(field);
    },
    key: () => among([...all('button, input, .b-plot'), el]).dispatchEvent(new KeyboardEvent('keydown', { key: among([' ', '.', 'r', 'Escape', 'ArrowLeft', 'ArrowUp', 'PageDown', 'Enter', 'z']), ctrlKey: next() < 0.2, bubbles: true, composed: true, cancelable: true })),
    point: () => {
      const plot = root.querySelector('.b-plot');
      const box = /** @type {Element} */ (plot).getBoundingClientRect();
      const at = { clientX: box.x + next() * box.width, clientY: box.y + next() * box.height, pointerId: 1, pointerType: 'mouse', bubbles: true, composed: true, button: 0, buttons: 1 };
      for (const type of ['pointerdown', 'pointermove', 'pointermove', 'pointerup']) plot?.dispatchEvent(new PointerEvent(type, { ...at, clientX: at.clientX + next() * 30 }));
    },
    stroke: () => among([
      () => el.touch('paint', [Math.floor(next() * 5), place(), place(), next() * 0.1]),
      () => el.touch('erase', [place(), place(), next() * 0.3]),
      () => el.touch('hole', [place(), place(), next() * 0.3]),
      () => el.touch(among(['undo', 'redo', 'nonsense']), []),
    ])(),
    scrub: () => el.scrub(Math.floor(next() * ((el.run?.last ?? 0) + 1))),
    step: () => script(el.step(Math.floor(next() * 8))),
    seek: () => script(el.seek(Math.floor(next() * ((el.run?.last ?? 0) + 9)))),
    set: () => {
      const [knob, value] = among([['rate', next()], ['layers', among(['4', '8,8', '3:relu,5', '900'])], ['epsilon', next()], ['optimizer', among(['sgd', 'adam', 'x'])], ['batch', 64], ['nonsense', 1]]);
      script(el.set(knob, value));
    },
    begin: () => script(el.set('dataset', among(['xor', 'moons', 'circle', 'yours', 'spiral']))),
    reset: () => script(el.reset(next() < 0.5 ? {} : { seed: Math.floor(next() * 100) })),
    ask: () => script(among([() => el.ask('at', [place(), place()]), () => el.channel('field'), () => el.export('points.csv')])()),
    link: () => (el.link = among(['v=1&dataset=xor&at=9', el.link, 'v=1&rate=banana', el.link.slice(0, -3)])),
    play: () => (next() < 0.5 ? el.play() : el.pause()),
  };
  const weights = { press: 4, slide: 4, choose: 2, write: 1, key: 4, point: 3, stroke: 4, scrub: 4, step: 2, seek: 2, set: 2, begin: 0.5, reset: 0.3, ask: 1, link: 0.2, play: 1 };
  const total = Object.values(weights).reduce((sum, w) => sum + w, 0);
  for (let i = 0; i < count; i++) {
    let at = next() * total;
    const kind = /** @type {keyof typeof acts} */ (Object.entries(weights).find(([, w]) => (at -= w) < 0)?.[0]);
    acts[kind]();
    done[kind] = (done[kind] ?? 0) + 1;
    if (i % 20 === 19) await new Promise((drawn) => requestAnimationFrame(drawn));
  }
  return { done, unexpected };
}

test('after six thousand interactions, faster than any hands, a figure answers, and its link gives its hash', async (t) => {
  const page = await openLab('#v=1&resolution=32&count=100');
  await page.mouse.move(400, 400); // now there is a pointer that presses can be captured for
  await page.evaluate(`globalThis.chance = ${chance}`);
  const { done, unexpected } = await inFigure(page, restless, { count: 6_000, seed: 5 });
  t.diagnostic(JSON.stringify(done));
  assert.equal(Object.values(done).reduce((sum, n) => sum + n, 0), 6_000);
  assert.deepEqual(unexpected, []);
  const end = () => inFigure(page, async (el) => {
    el.pause();
    await el.step(0);
    return { hash: await el.hash(), link: el.link, whole: el.run?.trail.did !== undefined, ended: spy.workers.map(({ ended }) => ended) };
  });
  let last = await end();
  assert.deepEqual(last.ended, [false], 'with the worker it began with');
  if (!last.whole) {
    // What was drawn is too much for a link, and it says so: on other points the rest must hold.
    await inFigure(page, async (el) => (await el.set('dataset', el.value('dataset') === 'xor' ? 'moons' : 'xor'), el.step(9)));
    last = await end();
    assert.ok(last.whole);
  }
  const fresh = await openLab(`#${last.link}`);
  assert.equal(await inFigure(fresh, (el) => el.hash()), last.hash, last.link);
});
