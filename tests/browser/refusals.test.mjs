// Bad input and things that break: each is told in a sentence with a way out that works, and the figure lives on.
import assert from 'node:assert/strict';
import test from 'node:test';
import { axeViolations } from '../../www/tools/browser.js';
import { blank, inFigure, lookAt, openLab, openPage, siteUrl, until } from './stand.mjs';

/** @typedef {import('./stand.mjs').Page} Page */

/** @param {Page} page @param {string} text @param {string} [name] */
async function openFile(page, text, name = 'points.csv') {
  await page.getByText('Points of your own').click();
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Open a CSV' }).click()]);
  await chooser.setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
}

/** Whether the figure still trains. @param {Page} page */
const lives = (page) =>
  inFigure(page, async (el) => {
    const before = el.run?.step ?? -1;
    await el.step(5);
    return el.run?.step === before + 5;
  });

test('a file of a million rows is refused in a sentence, and the figure lives on as it was', async () => {
  const page = await openLab();
  const before = await inFigure(page, async (el) => (await el.step(20), el.hash()));
  await openFile(page, `x,y,class\n${'0.25,-0.5,1\n'.repeat(1_000_000)}`);
  const alert = page.getByRole('alert');
  await alert.waitFor();
  const sentence = await alert.innerText();
  assert.match(sentence, /more than this figure can hold/);
  assert.match(sentence, /1,000,000/);
  await alert.getByRole('button', { name: 'Keep the points I had' }).click();
  await alert.waitFor({ state: 'detached' });
  assert.equal(await inFigure(page, (el) => el.hash()), before);
  assert.ok(await lives(page));
});

test('a line that cannot be read is named by its number, and can be left out', async () => {
  const page = await openLab();
  const before = await inFigure(page, async (el) => (await el.step(20), el.hash()));
  await openFile(page, 'x,y,class\n0.1,0.2,0\n0.3,oops,1\n-0.5,0.5,1\n');
  const alert = page.getByRole('alert');
  await alert.waitFor();
  assert.match(await alert.innerText(), /Line 3 could not be read: y is not a number \(oops\)/);
  assert.equal(await inFigure(page, (el) => el.hash()), before, 'as it was');
  await alert.getByRole('button', { name: 'Skip the lines' }).click();
  await page.getByText('One line was left out.').waitFor();
  assert.deepEqual(await inFigure(page, async (el) => (await el.channel('points')).dims), [2, 4]);
  assert.ok(await lives(page));
});

test('pasted lines are read like a file, and a script gets the line as data', async () => {
  const page = await openLab();
  await page.getByText('Points of your own').click();
  await page.getByLabel('Or paste lines').fill('0.1, 0.2, 0\n0.3, 0.4\n');
  await page.getByRole('button', { name: 'Use these points' }).click();
  const alert = page.getByRole('alert');
  await alert.waitFor();
  assert.match(await alert.innerText(), /Line 2 could not be read: the class is missing/);
  const error = await inFigure(page, (el) => el.load('points.csv', new Uint8Array([48, 255, 44])).then(() => null, ({ code, data }) => ({ code, data })));
  assert.equal(error?.code, 'csv');
  assert.equal(error?.data.line, 1);
  assert.ok(await lives(page));
});

test('points of one class are explained instead of trained on, and a second class is the way out', async () => {
  const page = await openLab();
  await inFigure(page, (el) => el.set('dataset', 'yours'));
  const stage = page.locator('#stage');
  await stage.getByText('Paint some points').waitFor();
  await inFigure(page, (el) => el.load('points.csv', new TextEncoder().encode('0.1,0.2,0\n0.3,0.1,0\n0.5,0.1,0\n0.2,-0.1,0\n')));
  await stage.getByText('Now some points of another class.').waitFor();
  await page.getByRole('button', { name: 'Play' }).click();
  const alert = page.getByRole('alert');
  await alert.waitFor();
  assert.match(await alert.innerText(), /nothing to tell apart yet/);
  await alert.getByRole('button', { name: 'Close' }).click();
  await alert.waitFor({ state: 'detached' });
  await inFigure(page, (el) => el.load('points.csv', new TextEncoder().encode('0.1,0.2,0\n0.3,0.1,0\n-0.5,0.1,1\n-0.2,-0.1,1\n')));
  assert.ok(await lives(page));
  assert.equal(await stage.getByText('Now some points').count(), 0);
});

const DIVERGES = '#v=1&loss=mse&optimizer=sgd&rate=10&activation=linear';

test('a run that diverges says at which step, and going back works', async () => {
  const page = await openLab(DIVERGES);
  await inFigure(page, (el) => el.addEventListener('error', (/** @type {any} */ event) => Object.assign(globalThis, { told: event.detail.code })));
  await page.getByRole('button', { name: 'Play' }).click();
  const alert = page.getByRole('alert');
  await alert.waitFor();
  assert.match(await alert.innerText(), /The loss left the numbers at step \d+\.\s+A rate of 10 overshoots/);
  assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).told), 'diverged');
  assert.equal(await inFigure(page, (el) => el.run?.playing), false);
  const back = alert.getByRole('button', { name: /Go back to step \d+/ });
  const step = Number((await back.innerText()).replace(/\D/g, ''));
  await back.click();
  await alert.waitFor({ state: 'detached' });
  await until(page, (el, n) => el.run?.step === n && el.run.settled, step);
  const losses = await inFigure(page, (el) => [el.readouts.trainLoss, el.readouts.testLoss]);
  assert.ok(losses.every(Number.isFinite), `losses there: ${losses}`);
});

test('a run that diverges can be restarted at a smaller rate until it trains', async () => {
  const page = await openLab(DIVERGES);
  const alert = page.getByRole('alert');
  const rates = [];
  for (let tries = 0; tries < 6; tries++) {
    await page.getByRole('button', { name: 'Play' }).click();
    await until(page, (el) => el.covered?.kind === 'stopped' || (el.run?.step ?? 0) >= 100);
    if ((await alert.count()) === 0) break;
    await alert.getByRole('button', { name: /Restart at rate/ }).click();
    await until(page, (el) => el.covered === undefined && el.run?.step === 0);
    rates.push(await inFigure(page, (el) => el.value('rate')));
  }
  assert.ok(rates.length >= 1 && rates.length <= 3, `rates ${rates}`);
  assert.deepEqual(rates, [1, 0.1, 0.01].slice(0, rates.length));
  assert.ok(await inFigure(page, (el) => (el.run?.step ?? 0) >= 100));
});

test('a script that steps into divergence gets the error, and the same figure can go on', async () => {
  const page = await openLab(DIVERGES);
  const found = await inFigure(page, async (el) => {
    const error = await el.step(500).then(() => null, ({ name, code, data }) => ({ name, code, data }));
    await el.set('rate', 0.001);
    await el.reset();
    await el.step(50);
    return { error, step: el.readouts.step, loss: el.readouts.testLoss, covered: el.covered };
  });
  assert.deepEqual([found.error?.name, found.error?.code, found.error?.data.rate], ['LabError', 'diverged', 10]);
  assert.deepEqual([found.step, Number.isFinite(found.loss), found.covered], [50, true, undefined]);
});

for (const [what, breakIt] of /** @type {[string, () => void][]} */ ([
  ['an exception in the worker', () => setTimeout(() => { throw new Error('broken on purpose'); })],
  ['a trap in the engine', () => (performance.now = () => { throw new WebAssembly.RuntimeError('unreachable'); })],
])) {
  test(`after ${what} the figure says so, and restarting gives the same run`, async () => {
    const page = await openLab('#v=1&dataset=moons&seed=7', { allow: [/broken on purpose/] });
    const before = await inFigure(page, async (el) => (await el.step(40), el.hash()));
    await page.workers()[0].evaluate(breakIt);
    await inFigure(page, (el) => el.play());
    const alert = page.getByRole('alert');
    await alert.waitFor();
    assert.match(await alert.innerText(), /This figure stopped unexpectedly/);
    assert.deepEqual(await page.evaluate(() => spy.workers.map(({ ended }) => ended)), [true]);
    await alert.getByRole('button', { name: 'Restart from seed 7' }).click();
    await alert.waitFor({ state: 'detached' });
    const after = await inFigure(page, async (el) => {
      await el.ready;
      const { step, config } = /** @type {import('../../www/element/run.js').Run} */ (el.run);
      await el.step(40);
      return { step, dataset: config.dataset, hash: await el.hash() };
    });
    assert.deepEqual(after, { step: 0, dataset: 'moons', hash: before });
  });
}

for (const file of ['worker', 'engine-plane-simd']) {
  test(`when ${file} does not arrive the figure says so, rejects, and trying again works`, async () => {
    const page = await blank([/./], [siteUrl()], {}); // no page of ours before it: its figure would have fetched the engine
    const missing = new RegExp(`/${file}-[^/]*$`);
    await page.route(missing, (route) => route.abort());
    await page.goto(`${siteUrl()}lab.html?lab=boundary`);
    assert.equal(await inFigure(page, (el) => el.ready.then(() => 'ready', (error) => error.code)), 'start');
    const alert = page.getByRole('alert');
    await alert.waitFor();
    assert.match(await alert.innerText(), /The engine did not arrive/);
    await page.unroute(missing);
    await alert.getByRole('button', { name: 'Try again' }).click();
    await inFigure(page, (el) => el.ready);
    assert.equal(await alert.count(), 0);
    assert.ok(await lives(page));
  });
}

test('a browser without SIMD is told so, and has the same numbers', async () => {
  const plain = await openPage('index.html');
  await plain.route(/\/worker-[^/]*\.js$/, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: `WebAssembly.validate = () => false;\n${await answer.text()}` });
  });
  await plain.goto(plain.url().replace('index.html', 'lab.html?lab=boundary'));
  await inFigure(plain, (el) => el.ready);
  await plain.getByText('Running without SIMD').waitFor();
  const fast = await openLab();
  const hashes = [];
  for (const page of [plain, fast]) hashes.push(await inFigure(page, async (el) => (await el.step(60), [el.run?.simd, await el.hash()])));
  assert.deepEqual([hashes[0][0], hashes[1][0]], [false, true]);
  assert.equal(hashes[0][1], hashes[1][1]);
  await plain.getByRole('status').getByRole('button', { name: 'Close' }).click();
  assert.equal(await plain.getByText('Running without SIMD').count(), 0);
});

test('a hostile link gives defaults and a notice, never an exception', async () => {
  const hostile = [
    'v=1&rate=1e9&layers=9999&dataset=<script>alert(1)</script>&seed=-3&at=1e99',
    '__proto__=1&constructor=x&toString=1&hasOwnProperty=&v=2',
    '%E0%A4%A&%00=%00&&&==&rate=NaN&rate=1',
    `layers=${'64,'.repeat(5000)}&features=${'x,'.repeat(5000)}`,
    'resolution=1e308&count=-0&noise=Infinity&epsilon=-1&selected=1e9&batch=0x10',
  ];
  for (const link of hostile) {
    const page = await openLab(`#${link}`);
    await page.locator('.notices').getByText(/in this link w(as|ere) not used as written/).waitFor();
    const found = await inFigure(page, async (el) => {
      const defaults = Object.fromEntries(el.about.knobs.map((knob) => [knob.id, knob.default]));
      const { dataset, layers, optimizer } = defaults;
      return { same: el.value('dataset') === dataset && el.value('optimizer') === optimizer, layers: [el.value('layers'), layers], step: el.run?.step };
    });
    assert.ok(found.same, link);
    assert.equal(found.step, 0);
    assert.equal(await page.locator('uncrumple-lab script, script:not([src])').count(), 0);
    assert.ok(await lives(page), link);
  }
});

test('names that are not text are refused as names; they do not end the figure', async () => {
  const page = await openLab();
  const codes = await inFigure(page, async (el) => {
    const any = /** @type {any} */ (el);
    const calls = [() => any.set(5, 1), () => any.set(undefined, 1), () => any.ask({}, [0, 0]), () => any.load(null, new Uint8Array(3)), () => any.export(7)];
    const codes = [];
    for (const call of calls) codes.push(await call().then(() => 'none', (/** @type {any} */ error) => error.code));
    return codes;
  });
  assert.deepEqual([codes[0], codes[1], codes[3]], ['unknown-knob', 'unknown-knob', 'unknown-asset']);
  assert.ok(await lives(page));
});

test('an unknown lab in the address is told, and the boundary lab stands in', async () => {
  const page = await openPage('lab.html?lab=<b>nothing</b>');
  await page.locator('#unknown').getByText('There is no lab called “<b>nothing</b>”').waitFor();
  assert.equal(await inFigure(page, async (el) => (await el.ready, el.lab)), 'boundary');
});

test('an element of an unknown lab says so on its cover, in the page’s language, and another lab is the way out', async () => {
  const page = await openLab('&lang=fr');
  await page.evaluate(() => {
    const figure = document.createElement('uncrumple-lab');
    figure.id = 'stranger';
    figure.setAttribute('lab', '<b>nothing</b>');
    document.querySelector('main')?.append(figure);
  });
  lookAt(page, '#stranger');
  const { code, name } = await inFigure(page, (el) => el.ready.then(() => ({ code: 'ready', name: '' }), ({ code, data }) => ({ code, name: data.name })));
  assert.deepEqual([code, name], ['unknown-lab', '<b>nothing</b>']);
  const alert = page.locator('#stranger').getByRole('alert');
  await alert.getByText('Aucune figure ne s’appelle « <b>nothing</b> ».').waitFor();
  assert.equal(await alert.getByRole('button').count(), 0, 'trying again would find no more');
  assert.deepEqual(await axeViolations(page), []);
  assert.deepEqual(await page.evaluate(() => spy.workers.map(({ ended }) => ended)), [false, true]);
  await inFigure(page, (el) => void (el.lab = 'boundary'));
  await alert.waitFor({ state: 'detached' });
  await inFigure(page, (el) => el.ready);
  assert.ok(await lives(page));
});
