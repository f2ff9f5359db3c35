// Way 1: the figure in a frame of ours, on somebody else's page.
import assert from 'node:assert/strict';
import test from 'node:test';
import { openHost } from './host.mjs';
import { inFigure, openLab } from './stand.mjs';

/** @typedef {import('./stand.mjs').Page} Page */

/** @param {Page} page */
function inside(page) {
  const frame = page.frames().find((other) => other.url().includes('embed.html'));
  assert.ok(frame, 'the page has a frame of ours');
  return frame;
}

/**
 * Runs `work` on the figure in the frame.
 *
 * @template R
 * @param {Page} page
 * @param {(el: import('./stand.mjs').Figure) => R | Promise<R>} work
 * @returns {Promise<R>}
 */
const figure = (page, work) => /** @type {Promise<R>} */ (inside(page).locator('uncrumple-lab').evaluate(/** @type {any} */ (work)));

/** A script of the host's page. @param {Page} page @param {string} script @returns {Promise<any>} */
const host = (page, script) => page.evaluate(`(async () => (${script}))()`);

/** What the frame has to be as high as. @param {Page} page */
const contentHeight = (page) => inside(page).evaluate(() => Math.ceil(document.querySelector('main')?.getBoundingClientRect().height ?? 0));

test('a frame tells its height in both dialects, and it is the height of what is in it', async () => {
  const page = await openHost('frame.html', { fill: { rest: '&hide=network,charts' }, viewport: { width: 700, height: 900 } });
  await host(page, `until('resize')`);
  await page.waitForFunction(() => document.querySelector('iframe')?.contentWindow && heard.some(({ type }) => type === 'ready'));
  const agree = async () => {
    await page.waitForFunction(
      (height) => heard.filter(({ type }) => type === 'resize').at(-1).height === height,
      await contentHeight(page),
    );
    const height = await contentHeight(page);
    assert.deepEqual(JSON.parse(await host(page, 'embedly.at(-1)')), { context: 'iframe.resize', height });
    // The host listened, and nothing is left to scroll.
    assert.deepEqual(await inside(page).evaluate(() => [innerHeight, document.documentElement.scrollHeight]), [height, height]);
    return height;
  };
  const wide = await agree();
  assert.ok(wide > 500 && wide < 1600, `${wide} px`);
  await page.setViewportSize({ width: 340, height: 900 });
  await page.waitForFunction((old) => heard.filter(({ type }) => type === 'resize').at(-1).height !== old, wide);
  const narrow = await agree();
  assert.notEqual(narrow, wide);
  await inside(page).getByText('The same as a table').click();
  await page.waitForFunction((old) => heard.filter(({ type }) => type === 'resize').at(-1).height > old, narrow);
  await agree();
});

test('the page around a frame plays, pauses, steps, seeks, sets and resets, and is told in numbers', async () => {
  const page = await openHost('frame.html', { fill: { rest: '#seed=3' } });
  await host(page, `until('ready')`);
  assert.deepEqual(await host(page, `ask({ type: 'step', steps: 40 })`), { uncrumple: 1, type: 'done', id: 0, seed: 3, step: 40, last: 40, playing: 0 });
  assert.equal((await host(page, `ask({ type: 'seek', step: 10 })`)).step, 10);
  assert.equal((await host(page, `ask({ type: 'seek', step: 60 })`)).step, 60);
  assert.equal((await host(page, `ask({ type: 'set', knob: 'epsilon', value: 0.2 })`)).type, 'done');
  assert.ok(Math.abs(Number(await figure(page, (el) => el.run?.config.epsilon)) - 0.2) < 1e-6);
  const again = await host(page, `ask({ type: 'reset', seed: 9 })`);
  assert.deepEqual([again.seed, again.step], [9, 0]);
  assert.equal((await host(page, `ask({ type: 'play' })`)).playing, 1);
  await page.waitForFunction(() => heard.at(-1).type === 'frame' && heard.at(-1).step > 5);
  assert.equal((await host(page, `ask({ type: 'pause' })`)).playing, 0);
  const result = await host(page, `until('result')`);
  assert.ok(result.readouts.testAccuracy >= 0 && result.readouts.testAccuracy <= 1);
});

test('hostile messages do nothing, or are answered by an error; the figure lives on', async () => {
  const page = await openHost('frame.html');
  await host(page, `until('ready')`);
  await host(page, `ask({ type: 'step', steps: 20 })`);
  for (const command of [
    `{ type: 'export', kind: 'points.csv' }`, `{ type: 'channel', name: 'points' }`, `{ type: 'hash' }`, `{ type: 'load' }`, `{ type: 'seek', step: 1e15 }`,
    `{ type: 'step', steps: -1 }`, `{ type: 'step', steps: '1' }`, `{ type: 'set', knob: '__proto__', value: 1 }`, `{ type: 'set', knob: 'epsilon', value: NaN }`,
    `{ type: 'set', knob: 'layers', value: 'x'.repeat(1e5) }`, `{ type: 'reset', seed: 'eval(1)' }`, `{ type: ['play'] }`,
  ]) {
    const { type, code } = await host(page, `ask(${command})`);
    assert.deepEqual([type, code], ['error', 'command'], command);
  }
  assert.equal((await host(page, `ask({ type: 'set', knob: 'nonsense', value: 1 })`)).code, 'unknown-knob');
  assert.equal((await host(page, `ask({ type: 'set', knob: 'dataset', value: 'nonsense' })`)).code, 'choice');
  // Not ours, or not from the page around it: not even answered.
  const before = await host(page, 'heard.length');
  await host(page, `[null, undefined, 0, '', '{"uncrumple":1,"type":"play"}', [], new Map([['uncrumple', 1]]), { type: 'play' }, { uncrumple: 2, type: 'play' }].forEach(send)`);
  await inside(page).evaluate(() => postMessage({ uncrumple: 1, type: 'play' }, '*'));
  const answer = await host(page, `ask({ type: 'step', steps: 1 })`);
  assert.deepEqual([answer.step, answer.playing], [21, 0]);
  assert.deepEqual((await host(page, `heard.slice(${before})`)).filter((/** @type {any} */ { type }) => type === 'error'), []);
  // More at once than a figure can follow.
  const flood = await host(page, `Promise.all(Array.from({ length: 200 }, () => ask({ type: 'step', steps: 1 })))`);
  const codes = flood.map((/** @type {any} */ { type, code }) => code ?? type);
  assert.ok(codes.includes('done') && codes.includes('busy'));
  assert.equal((await host(page, `ask({ type: 'step', steps: 1 })`)).type, 'done');
});

test('nothing a visitor painted or opened leaves the frame: only numbers, and words from a fixed list', async () => {
  const page = await openHost('frame.html', { fill: { rest: '&hide=charts' }, viewport: { width: 900, height: 900 } });
  await host(page, `until('ready')`);
  await figure(page, async (el) => {
    const rows = Array.from({ length: 40 }, (_, i) => `0.${100 + i},${i % 2 ? '0.31417' : '-0.8'},${i % 2}`);
    await el.load('points.csv', new TextEncoder().encode(`x,y,class\n${rows.join('\n')}`));
    await el.set('layers', '3,3');
    await el.step(30);
    await el.export('points.csv');
    await el.load('points.csv', new TextEncoder().encode('secret-name')).catch(() => {});
  });
  await page.waitForFunction(() => heard.some(({ type, step }) => type === 'result' && step === 30));
  const [messages, texts] = await page.evaluate(() => [heard, embedly]);
  const words = new Set();
  /** @param {unknown} value */
  const walk = (value) => {
    if (typeof value === 'object' && value !== null) return Object.values(value).forEach(walk);
    if (typeof value !== 'number') words.add(value);
    else assert.ok(!(Math.abs(Math.abs(value) - 0.31417) < 1e-5), 'a visitor’s coordinate');
  };
  messages.forEach(walk);
  const fixed = ['hello', 'resize', 'ready', 'frame', 'state', 'result', 'error', 'done'];
  assert.deepEqual([...words].filter((word) => !fixed.includes(word)), []);
  for (const text of texts) assert.match(text, /^\{"context":"iframe\.resize","height":\d+\}$/);
  assert.ok(messages.length > 5);
});

test('a sandboxed frame, which has no origin, trains to the same hash', async () => {
  const rest = '#seed=5&layers=4,4';
  const here = await openLab(rest);
  const wanted = await inFigure(here, async (el) => (await el.step(120), el.hash()));
  const page = await openHost('frame.html', { fill: { sandbox: 'sandbox="allow-scripts"', rest } });
  await host(page, `until('ready')`);
  assert.equal((await host(page, `ask({ type: 'step', steps: 120 })`)).step, 120);
  assert.equal(await inside(page).evaluate(() => self.origin), 'null');
  assert.equal(await figure(page, (el) => el.hash()), wanted);
  await host(page, `ask({ type: 'play' })`);
  await page.waitForFunction(() => heard.at(-1).type === 'frame' && heard.at(-1).step > 130);
  // The face of its words has come, too: a font is fetched as a script is.
  assert.ok(await inside(page).evaluate(() => document.fonts.check('16px "Uncrumple Sans"')));
});

test('the state is in the link: where it begins, where a new one brings it, and the frame’s own address follows', async () => {
  const page = await openHost('frame.html', { fill: { rest: '#v=1&seed=7&at=12&epsilon=0.2' } });
  const { seed, step } = await host(page, `until('ready')`);
  assert.deepEqual([seed, step], [7, 12]);
  await page.evaluate(() => {
    const frame = /** @type {HTMLIFrameElement} */ (document.querySelector('iframe'));
    frame.src = frame.src.replace(/#.*/, '#v=1&seed=8&at=30&nonsense=1');
  });
  await page.waitForFunction(() => heard.some(({ type, step }) => type === 'frame' && step === 30));
  assert.match(await inside(page).getByRole('status').first().innerText(), /One setting in this link was not used/);
  const entries = await page.evaluate(() => history.length); // its own new address was one
  await host(page, `ask({ type: 'step', steps: 5 })`);
  await inside(page).waitForFunction(() => location.hash.includes('at=35'));
  assert.equal(await page.evaluate(() => history.length), entries, 'no entry of the reader’s history was spent');
});

test('flags: what is hidden, theme, language, and whether it starts by itself', async () => {
  const page = await openHost('frame.html', { fill: { rest: '&hide=controls,timeline,readouts,network,charts,title,menu&theme=dark&lang=fr&autoplay=visible' } });
  await host(page, `until('ready')`);
  const element = inside(page).locator('uncrumple-lab');
  await page.waitForFunction(() => heard.some(({ type, step }) => type === 'frame' && step > 10));
  assert.equal(await figure(page, (el) => el.run?.playing), true);
  for (const part of ['.controls', '.time', '.reads', '.minor', '.head .menu']) {
    assert.equal(await element.locator(part).count(), 0, part);
  }
  for (const part of ['#net', '#charts']) assert.equal(await element.locator(part).isVisible(), false, part);
  assert.equal(await element.locator('#stage canvas').first().isVisible(), true);
  assert.equal(await inside(page).getByRole('figure', { name: 'Une frontière' }).count(), 1, 'it keeps its name for who cannot see it');
  assert.equal(await element.getByText('La même chose en tableau').isVisible(), true, 'the table cannot be left out');
  assert.deepEqual(await figure(page, (el) => [el.palette.paper, document.documentElement.lang]), ['#14181b', 'fr']);
  const still = await openHost('frame.html', { fill: { rest: '&autoplay=off&hide=nonsense' } });
  await host(still, `until('ready')`);
  assert.equal(await figure(still, (el) => el.run?.playing), false);
});

test('the menu copies the code of a frame that shows this very moment', async () => {
  const lab = await openLab('#seed=4&at=25&dataset=circle', { permissions: ['clipboard-read', 'clipboard-write'] });
  await lab.getByLabel('Share and save').click();
  await lab.getByRole('button', { name: 'Copy embed code' }).click();
  await lab.getByText('Paste it into your page').waitFor();
  const code = await lab.evaluate(() => navigator.clipboard.readText());
  assert.match(code, /^<iframe src="[^"]+" title="A boundary[^"]*" width="100%" height="\d+"[^>]*><\/iframe>$/);
  const page = await openHost('code.html', { fill: { code } });
  const frame = page.frameLocator('iframe');
  await frame.getByRole('button', { name: 'Play' }).waitFor();
  const there = await figure(page, async (el) => (await el.ready, [el.run?.step, el.run?.seed, el.run?.config.dataset, await el.hash()]));
  assert.deepEqual(there, [25, 4, 'circle', await inFigure(lab, (el) => el.hash())]);
});

test('where copying is refused, the code is there to be copied by hand', async () => {
  const lab = await openLab('#seed=4');
  await lab.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await lab.getByLabel('Share and save').click();
  await lab.getByRole('button', { name: 'Copy embed code' }).click();
  assert.match(await lab.getByLabel('The code, to copy by hand').inputValue(), /^<iframe src="http.*seed=4" /);
});
