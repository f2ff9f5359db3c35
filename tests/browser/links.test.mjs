// Links: the very same run comes back from one, whoever drew or turned what on the way; old ones keep working; any text at all
// after the sign is a working figure.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { chance } from './chance.mjs';
import { axeViolations } from '../../www/tools/browser.js';
import { inFigure, openLab, openPage, until } from './stand.mjs';

/** @typedef {import('./stand.mjs').Page} Page */

const BAD = /in this link w(as|ere) not used as written/;
const notice = (/** @type {Page} */ page) => page.locator('.notices').getByText(BAD);

/** Paints, trains, paints and turns on the way, and goes back a little. @param {Page} page */
const eventful = (page) =>
  inFigure(page, async (el) => {
    el.touch('paint', [2, -0.7, 0.7, 0.1]);
    await el.step(20);
    for (let x = 0; x < 10; x++) el.touch('paint', [3, -0.3 + x / 20, -0.7, 0.08]);
    el.touch('hole', [0.5, 0.5, 0.2]);
    await el.set('rate', 0.0123);
    await el.step(30);
    await el.set('optimizer', 'sgd');
    await el.set('epsilon', 0.22);
    await el.step(15);
    await el.seek(58);
    return { link: el.link, hash: await el.hash(), rows: (await el.channel('points')).dims[0], state: el.state };
  });

test('a link gives the very same run, with what was drawn and turned on the way', async () => {
  const page = await openLab('#v=1&dataset=moons&seed=4');
  const { link, hash, rows, state } = await eventful(page);
  assert.ok(rows > 410, `${rows} points`);
  assert.match(link, /^v=1&seed=4&at=58&dataset=moons&epsilon=0.22&did=[\w-]{60,260}$/);
  assert.deepEqual(state, { v: 1, lab: 'boundary', seed: 4, at: 58, knobs: { dataset: 'moons', epsilon: 0.22 } }, 'no drawing is in the state');

  const other = await openLab(`#${link}`);
  assert.equal(await notice(other).count(), 0);
  const found = await inFigure(other, async (el) => ({ hash: await el.hash(), link: el.link, rate: el.value('rate'), rule: el.value('optimizer') }));
  assert.deepEqual(found, { hash, link, rate: 0.0123, rule: 'sgd' });

  // The address is that link: a reload, another link and the way back give it again.
  await until(page, (_, l) => location.hash === `#${l}`, link);
  await page.reload();
  assert.equal(await inFigure(page, (el) => el.hash()), hash, 'after a reload');
  await page.evaluate(() => (location.hash = '#v=1&dataset=xor'));
  await until(page, (el) => el.state.knobs.dataset === 'xor' && el.state.at === 0);
  await page.goBack();
  await until(page, (el, l) => el.link === l, link);
  assert.equal(await inFigure(page, (el) => el.hash()), hash, 'after the way back');

  // A figure that is moved about the page keeps it, and a new run begins with the points it was left with.
  const moved = await inFigure(page, async (el) => {
    const place = /** @type {HTMLElement} */ (el.parentElement);
    el.remove();
    place.append(el);
    await el.ready;
    const moved = await el.hash();
    await el.reset({ seed: 6 });
    await el.step(12);
    return { moved, link: el.link, hash: await el.hash() };
  });
  assert.equal(moved.moved, hash, 'after it was moved');
  const again = await openLab(`#${moved.link}`);
  assert.equal(await inFigure(again, (el) => el.hash()), moved.hash, 'a new run on the same points');
});

test('a step that a deed of an earlier present comes with shows its settings', async () => {
  const page = await openLab();
  const rates = await inFigure(page, async (el) => {
    await el.step(10);
    await el.set('rate', 0.5);
    await el.step(10);
    await el.seek(5);
    const before = el.value('rate');
    await el.step(5);
    return [before, el.value('rate'), el.run?.last];
  });
  assert.deepEqual(rates, [0.02, 0.5, 20]);
});

test('the menu says that a link holds what was drawn, and when that is too much for one', async () => {
  const page = await openLab('#v=1&dataset=moons');
  await inFigure(page, async (el) => {
    el.touch('paint', [1, -0.7, 0.7, 0.1]);
    await el.step(3);
  });
  await page.getByLabel('Share and save').click();
  await page.getByRole('button', { name: 'Work out this run’s hash' }).click();
  await page.locator('.hash').getByText('What you drew and changed on the way is in the link, too').waitFor();
  const lines = Array.from({ length: 1_500 }, (_, i) => `${i % 37},${i % 41},${i % 2}`).join('\n');
  const link = await inFigure(page, async (el, text) => {
    await el.load('points.csv', new TextEncoder().encode(text));
    await el.step(3);
    return el.link;
  }, lines);
  assert.equal(link, 'v=1&at=6&dataset=moons');
  await page.locator('.hash').getByText('is too much for a link. It holds the settings only, so its numbers differ. Your points can go along as a file').waitFor();
  await page.getByRole('button', { name: 'Points CSV' }).waitFor();
});

test('what is too much for a link is told under the stage, where it can be saved, and again when a figure comes back without it', async () => {
  const page = await openLab('#v=1&dataset=moons');
  const told = page.getByText('What you drew or changed is too much for a link');
  await inFigure(page, (el) => el.touch('paint', [1, -0.7, 0.7, 0.1]));
  await until(page, (el) => Boolean(el.run?.trail.did?.length));
  assert.equal(await told.count(), 0, 'a link holds that');
  const lines = Array.from({ length: 1_500 }, (_, i) => `${i % 37},${i % 41},${i % 2}`).join('\n');
  await inFigure(page, (el, text) => el.load('points.csv', new TextEncoder().encode(text)), lines);
  await told.waitFor();
  assert.deepEqual(await axeViolations(page), []);
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.unkept').getByRole('button', { name: 'Save these points' }).click()]);
  assert.match(download.suggestedFilename(), /^boundary-points-.*\.csv$/);
  const rows = await page.evaluate(async () => {
    const el = /** @type {import('./stand.mjs').Figure} */ (document.querySelector('uncrumple-lab'));
    const place = el.parentElement;
    el.remove();
    place?.append(el);
    await el.ready;
    return (await el.channel('points')).dims[0];
  });
  assert.notEqual(rows, 1_500);
  await page.locator('.notices').getByText('What you drew or changed was too much to keep.').waitFor();
  assert.equal(await told.count(), 0);
  await page.locator('.notices').getByRole('button', { name: 'Open a CSV' }).waitFor();
});

/** @type {{ link: string, seed: number, at: number, knobs: Record<string, unknown>, points?: { rows: number, last: number[] }, now?: Record<string, unknown> }[]} */
const STORED = JSON.parse(readFileSync(new URL('links.json', import.meta.url), 'utf8'));

test('links that were sent out once still open as they did', async () => {
  const page = await openLab('#v=1&count=50'); // a link of its own, so that the first stored one is another
  for (const [i, { link, seed, at, knobs, points, now }] of STORED.entries()) {
    await page.evaluate((l) => (location.hash = `#${l}`), link);
    await until(page, (el, to) => el.state.seed === to.seed && el.run?.step === to.at && Object.keys(el.state.knobs).sort().join() === to.knobs, { seed, at, knobs: Object.keys(knobs).sort().join() });
    const found = await inFigure(page, async (el) => {
      await el.step(0);
      const { dims, data } = await el.channel('points');
      return { state: el.state, rows: dims[0], last: [...data.subarray(-4)], config: el.values() };
    });
    assert.deepEqual(found.state, { v: 1, lab: 'boundary', seed, at, knobs }, `${i}: ${link}`);
    assert.equal(await notice(page).count(), 0, `${i}: ${link}`);
    if (points) assert.deepEqual([found.rows, ...found.last.map((v) => Math.round(v * 1e4) / 1e4)], [points.rows, ...points.last], `${i}: ${link}`);
    for (const [knob, value] of Object.entries(now ?? {})) assert.equal(found.config[knob], value, `${i}: ${knob}`);
  }
});

test('what was drawn and cannot be read is told, and the rest of the link holds', async () => {
  const page = await openLab();
  const { link } = await eventful(page);
  const cut = link.slice(0, -8);
  const bad = [cut, link.replace('did=', 'did=AAAA'), link.replace(/did=.*/, 'did=%00')];
  for (const hash of bad) {
    const other = await openLab(`#${hash}`);
    await notice(other).waitFor();
    await other.locator('.notices').getByText('The figure begins without what its sender drew and changed on the way.').waitFor();
    const found = await inFigure(other, async (el) => {
      const state = el.state;
      await el.step(5);
      return { state, rows: (await el.channel('points')).dims[0], step: el.run?.step };
    });
    assert.deepEqual(found, { state: { v: 1, lab: 'boundary', seed: 1, at: 58, knobs: { epsilon: 0.22 } }, rows: 400, step: 63 });
  }
});

test('a link that leads past where its run breaks opens where it broke, and says so', async () => {
  const page = await openLab('#v=1&loss=mse&optimizer=sgd&rate=10&activation=linear&at=500');
  const alert = page.getByRole('alert');
  await alert.getByText('The loss left the numbers at step').waitFor();
  await alert.getByRole('button', { name: /Go back to step/ }).click();
  await alert.waitFor({ state: 'detached' });
  const empty = await openLab('#v=1&dataset=yours&at=50');
  await empty.getByRole('alert').getByText('There is nothing to tell apart yet.').waitFor();
  assert.equal(await inFigure(empty, (el) => el.run?.step), 0);
});

test('a link to a very far step shows its way there, and is given up when the reader wants something else', async () => {
  const page = await openPage('lab.html?lab=boundary#v=1&at=1000000');
  await until(page, (el) => (el.run?.step ?? 0) > 50);
  await page.getByRole('button', { name: 'Back to the start, same seed' }).click();
  await inFigure(page, (el) => el.ready);
  await until(page, (el) => el.run?.step === 0 && el.covered === undefined);
  assert.equal(await inFigure(page, async (el) => (await el.step(3), el.run?.step)), 3);
});

for (const [wish, press] of /** @type {[string, (page: import('./stand.mjs').Page) => Promise<void>][]} */ ([
  ['to see it stand still', async (page) => {
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
  }],
  ['one step', (page) => page.getByRole('button', { name: 'One step' }).click()],
  ['another setting', (page) => page.getByLabel('Rate').fill('0.5')],
])) {
  test(`on its way to a far step a figure is stopped by the wish for something else: ${wish}`, async () => {
    const page = await openPage('lab.html?lab=boundary#v=1&at=1000000');
    await until(page, (el) => (el.run?.step ?? 0) > 50);
    await press(page);
    await inFigure(page, (el) => el.ready);
    await inFigure(page, (el) => el.step(0));
    const stands = await inFigure(page, (el) => el.run?.step ?? 0);
    assert.ok(stands > 50 && stands < 1_000_000, String(stands));
    assert.deepEqual(await inFigure(page, (el) => [el.run?.playing, el.run?.step]), [false, stands]);
  });
}

test('any text after the sign is a working figure and a notice', async () => {
  const page = await openLab();
  const next = chance(2017);
  const pick = (/** @type {string[]} */ list) => list[Math.floor(next() * list.length)];
  const knobs = await inFigure(page, (el) => el.about.knobs.map(({ id }) => id));
  const words = [...knobs, 'v', 'seed', 'at', 'did', '__proto__', 'constructor', '', '%', '%00', '%E0%A4%A', '💥', 'NaN', '1e999', '-1', '0.3', '7', 'yours', 'xor', '8:relu,8', ',,,,', 'AQEB', 'AQAB', '<b>'];
  for (let i = 0; i < 25; i++) {
    const parts = Array.from({ length: 1 + Math.floor(next() * 6) }, () => `${pick(words)}=${next() < 0.2 ? String.fromCharCode(Math.floor(next() * 65536)) : pick(words)}`);
    const hash = `mark${i}=1&${parts.join(pick(['&', '&&', '&=', '&#', '=']))}`.replace(/at=1e|resolution=/g, 'x=');
    await page.evaluate((text) => (location.hash = text), hash);
    await page.locator('.notices').getByText(`mark${i}=1`).waitFor();
    const lives = await inFigure(page, async (el) => {
      const refusal = await el.step(3).then(() => '', (error) => error.code);
      return { refusal, step: el.run?.step ?? -1, hash: await el.hash() };
    });
    // A canvas without points and a rate of ten may say so.
    assert.ok(['', 'empty-class', 'diverged'].includes(lives.refusal), `${hash}: ${lives.refusal}`);
    assert.ok(lives.step >= 3 || lives.refusal, hash);
    assert.match(lives.hash, /^[0-9a-f]{12}$/);
  }
});
