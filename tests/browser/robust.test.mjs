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
 * `patient`: each is over before the next, and nothing depends on the clock, so that the same seed ends in the same place.
 *
 * @param {import('./stand.mjs').Figure} el
 * @param {{ count: number, seed: number, patient?: boolean }} how
 */
async function restless(el, { count, seed, patient = false }) {
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
  /** Until nothing is on its way any more. */
  const quiet = async () => {
    el.pause();
    for (let still = 0; still < 3; still = el.pending.size > 0 ? 0 : still + 1) {
      await script(el.step(0));
      await new Promise((later) => setTimeout(later));
    }
    el.uncover(); // a run that broke: what its cover offers is pressed elsewhere
  };
  const weights = { press: 4, slide: 4, choose: 2, write: 1, key: 4, point: 3, stroke: 4, scrub: 4, step: 2, seek: 2, set: 2, begin: 0.5, reset: 0.3, ask: 1, link: 0.2, play: 1 };
  // Pressing may draw a seed by chance, playing goes as far as there is time, and a key may do either.
  if (patient) Object.assign(weights, { press: 0, key: 0, play: 0 });
  const total = Object.values(weights).reduce((sum, w) => sum + w, 0);
  for (let i = 0; i < count; i++) {
    let at = next() * total;
    const kind = /** @type {keyof typeof acts} */ (Object.entries(weights).find(([, w]) => (at -= w) < 0)?.[0]);
    acts[kind]();
    done[kind] = (done[kind] ?? 0) + 1;
    if (patient) await quiet();
    else if (i % 20 === 19) await new Promise((drawn) => requestAnimationFrame(drawn));
  }
  return { done, unexpected };
}

/** What a figure is worth once it stands still; no hash of numbers that are none. @param {import('./stand.mjs').Page} page */
const standing = (page) =>
  inFigure(page, async (el) => {
    el.pause();
    const hash = await el.step(0).then(() => el.hash()).catch((error) => {
      if (error.code !== 'diverged') throw error;
      return undefined;
    });
    return { hash, link: el.link, whole: el.run?.trail.did !== undefined, ended: spy.workers.map(({ ended }) => ended) };
  });

const START = '#v=1&resolution=32&count=100';
const ELSEWHERE = 'v=1&seed=9&at=60&dataset=moons&count=100&layers=6,6&resolution=32';

test('after six thousand interactions, faster than any hands, a figure answers, and goes where a link leads to its hash', async (t) => {
  const page = await openLab(START);
  await page.mouse.move(400, 400); // now there is a pointer that presses can be captured for
  await page.evaluate(`globalThis.chance = ${chance}`);
  const { done, unexpected } = await inFigure(page, restless, { count: 6_000, seed: 5 });
  t.diagnostic(JSON.stringify(done));
  assert.equal(Object.values(done).reduce((sum, n) => sum + n, 0), 6_000);
  assert.deepEqual(unexpected, []);
  // Where so many things at once end is a matter of time; wherever that is, it has one worker, and its link gives its numbers.
  const last = await standing(page);
  assert.deepEqual(last.ended, [false], 'with the worker it began with');
  const told = last.whole && last.hash !== undefined;
  t.diagnostic(told ? `it stood at ${last.link}` : 'it stood where no link leads');
  if (told) assert.equal((await standing(await openLab(`#${last.link}`))).hash, last.hash, last.link);
  await inFigure(page, (el, link) => void (el.link = link), ELSEWHERE);
  await until(page, (el) => el.run?.step === 60 && el.value('dataset') === 'moons' && el.run.seed === 9);
  const there = await standing(page);
  assert.equal(there.link, ELSEWHERE);
  assert.equal(there.hash, (await standing(await openLab(`#${ELSEWHERE}`))).hash);
});

test('four hundred interactions, one after the other, always end in the same place, and its link gives its hash', async (t) => {
  /** @type {Awaited<ReturnType<typeof standing>>[]} */
  const ends = [];
  for (let run = 0; run < 2; run++) {
    const page = await openLab(START);
    await page.mouse.move(400, 400);
    await page.evaluate(`globalThis.chance = ${chance}`);
    const { done, unexpected } = await inFigure(page, restless, { count: 400, seed: 2, patient: true });
    t.diagnostic(JSON.stringify(done));
    assert.deepEqual(unexpected, []);
    ends.push(await standing(page));
  }
  const [end, again] = ends;
  assert.deepEqual(again, end);
  assert.ok(end.whole && end.hash, end.link);
  assert.equal((await standing(await openLab(`#${end.link}`))).hash, end.hash, end.link);
});
