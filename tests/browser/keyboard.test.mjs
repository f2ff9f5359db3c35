// Without a mouse: Tab reaches everything there is to operate, and keys alone do everything a mouse can.
import assert from 'node:assert/strict';
import test from 'node:test';
import { inFigure, openLab, openPage, until } from './stand.mjs';

/** @typedef {import('./stand.mjs').Page} Page */

/** What has the focus, in words. @param {Page} page */
const focused = (page) =>
  inFigure(page, (el) => {
    const root = /** @type {ShadowRoot} */ (el.renderRoot);
    const target = /** @type {any} */ (root.activeElement ?? document.activeElement);
    const label = target.getAttribute('aria-label') ?? target.labels?.[0]?.innerText ?? target.innerText ?? '';
    return `${target.localName}${target.type ? `[${target.type}]` : ''} ${label}`.trim().replace(/\s+/g, ' ');
  });

/** Presses Tab until what has the focus is described by `wanted`. @param {Page} page @param {RegExp} wanted @param {string} [key] */
async function tabTo(page, wanted, key = 'Tab') {
  const seen = [];
  for (let i = 0; i < 150; i++) {
    const now = await focused(page);
    if (wanted.test(now)) return;
    seen.push(now);
    await page.keyboard.press(key);
  }
  assert.fail(`Tab never came to ${wanted}; it came to:\n${seen.join('\n')}`);
}

/** @param {Page} page @param {string} knob @param {string | number} wanted */
const becomes = (page, knob, wanted) =>
  until(page, (el, [id, v]) => {
    const now = el.run?.config[id];
    return typeof v === 'number' ? Math.abs(Number(now) - v) < 1e-6 : now === v;
  }, /** @type {const} */ ([knob, wanted]));

test('Tab comes to everything there is to operate, in the order it is read, and leaves the figure again', async () => {
  const page = await openLab();
  await inFigure(page, async (el) => {
    await el.step(0);
    for (const details of el.renderRoot.querySelectorAll('details')) details.open = !details.matches('.menu');
    await el.updateComplete;
  });
  // A radio group is one stop; what is disabled, folded away or taken out of the order on purpose is none.
  const stops = await inFigure(page, (el) => {
    const root = /** @type {ShadowRoot} */ (el.renderRoot);
    const groups = new Set();
    const all = [...root.querySelectorAll('button, input, select, textarea, summary, a[href], [tabindex="0"]')];
    all.forEach((target) => /** @type {any} */ (target).setAttribute('data-stop', ''));
    return all.filter((target) => {
      const { type, name, checked, disabled, tabIndex } = /** @type {HTMLInputElement} */ (target);
      if (disabled || tabIndex < 0 || !target.checkVisibility() || target.closest('details:not([open])')?.querySelector('summary') !== target && target.closest('details:not([open])')) return false;
      if (type !== 'radio') return true;
      return checked && !groups.has(name) && groups.add(name);
    }).map((target, i) => (target.setAttribute('data-stop', String(i)), i)).length;
  });
  await page.getByRole('link', { name: 'Skip to the text' }).focus();
  /** @type {number[]} */
  const visited = [];
  for (let i = 0, inside = false; i < stops + 20; i++) {
    await page.keyboard.press('Tab');
    const at = await inFigure(page, (el) => /** @type {ShadowRoot} */ (el.renderRoot).activeElement?.getAttribute('data-stop') ?? 'outside');
    if (at === 'outside') {
      if (inside) break;
      continue;
    }
    inside = true;
    visited.push(Number(at));
  }
  assert.ok(stops > 40, `${stops} stops`);
  assert.deepEqual(visited, Array.from({ length: stops }, (_, i) => i));
});

test('Space plays and pauses, the full stop takes one step, R goes back to the start', async () => {
  const page = await openLab();
  await page.locator('.b-plot').focus();
  await page.keyboard.press('Space');
  await until(page, (el) => el.run?.playing === true && el.run.step > 5);
  await page.keyboard.press('Space');
  await until(page, (el) => el.run?.playing === false && el.run.settled);
  const step = await inFigure(page, (el) => el.run?.step ?? 0);
  await page.keyboard.press('.');
  await until(page, (el, n) => el.run?.step === n, step + 1);
  await page.keyboard.press('r');
  await until(page, (el) => el.run?.step === 0);
});

test('single keys do nothing while something is being written, and Space presses what has the focus', async () => {
  const page = await openLab('#v=1&at=5');
  await page.getByText('Points of your own').click();
  await page.getByLabel('Or paste lines').focus();
  await page.keyboard.type('r. r .');
  assert.equal(await page.getByLabel('Or paste lines').inputValue(), 'r. r .');
  assert.deepEqual(await inFigure(page, (el) => [el.run?.step, el.run?.playing]), [5, false]);
  await page.getByRole('button', { name: 'One step' }).focus();
  await page.keyboard.press('Space');
  await until(page, (el) => el.run?.step === 6);
  assert.equal(await inFigure(page, (el) => el.run?.playing), false);
});

test('arrows choose the data set, and a slider goes by arrows, Page, Home and End', async () => {
  const page = await openLab();
  await tabTo(page, /^input\[radio\] Spiral/);
  await page.keyboard.press('ArrowRight');
  await becomes(page, 'dataset', 'moons');
  await page.keyboard.press('ArrowLeft');
  await becomes(page, 'dataset', 'spiral');
  await tabTo(page, /^input\[range\] Size of push/);
  await page.keyboard.press('ArrowRight');
  await becomes(page, 'epsilon', 0.11);
  await page.keyboard.press('ArrowLeft');
  await becomes(page, 'epsilon', 0.1);
  await page.keyboard.press('PageUp');
  await becomes(page, 'epsilon', 0.2);
  await page.keyboard.press('End');
  await becomes(page, 'epsilon', 0.5);
  await page.keyboard.press('PageDown');
  await becomes(page, 'epsilon', 0.4);
  await page.keyboard.press('Home');
  await becomes(page, 'epsilon', 0);
  await page.keyboard.press('Tab');
  assert.match(await focused(page), /^button.* back to 0\.10/);
  await page.keyboard.press('Enter');
  await becomes(page, 'epsilon', 0.1);
});

test('layers are added, widened, given an activation and removed; the focus is never lost', async () => {
  const page = await openLab();
  await tabTo(page, /^button.* Add a layer/);
  await page.keyboard.press('Enter');
  await becomes(page, 'layers', '16,16,16');
  await tabTo(page, /Fewer neurons in layer 3/, 'Shift+Tab');
  await page.keyboard.press('Space');
  await becomes(page, 'layers', '16,16,15');
  await tabTo(page, /More neurons in layer 3/);
  await page.keyboard.press('Enter');
  await becomes(page, 'layers', '16,16,16');
  await tabTo(page, /Activation of layer 3/);
  await page.keyboard.press('ArrowDown');
  await until(page, (el) => /^16,16,16:/.test(String(el.run?.config.layers)));
  await tabTo(page, /Remove layer 3/);
  await page.keyboard.press('Enter');
  await becomes(page, 'layers', '16,16');
  assert.match(await focused(page), /Add a layer/);
});

test('a tool is chosen and a point painted at the crosshair; Ctrl+Z takes the stroke back, then the setting', async () => {
  const page = await openLab('#v=1&count=50');
  await inFigure(page, (el) => el.step(0));
  await tabTo(page, /Size of push/);
  await page.keyboard.press('PageUp');
  await becomes(page, 'epsilon', 0.2);
  await tabTo(page, /^input\[radio\] Look/, 'Shift+Tab');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  assert.match(await focused(page), /Paint class two/);
  await tabTo(page, /^div The plane/, 'Shift+Tab');
  for (let i = 0; i < 9; i++) await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await until(page, (el) => (el.run?.frames.newest?.channels.points.dims[0] ?? 0) > 50);
  const painted = await inFigure(page, async (el) => [...(await el.channel('points')).data.slice(200)]);
  for (let i = 0; i < painted.length; i += 4) {
    assert.ok(Math.hypot(painted[i] + 0.02, painted[i + 1] - 0.9) <= 0.11 && painted[i + 2] === 1, painted.slice(i, i + 4).join());
  }
  await page.keyboard.press('Control+z');
  await until(page, (el) => el.run?.frames.newest?.channels.points.dims[0] === 50);
  await tabTo(page, /Size of push/);
  await page.keyboard.press('PageUp');
  await becomes(page, 'epsilon', 0.3);
  await page.keyboard.press('Control+z');
  await until(page, (el) => Number(el.run?.config.epsilon) < 0.25);
});

test('N and P go from point to point and say what each is; Enter chooses the nearest, Escape lets go', async () => {
  const page = await openLab('#v=1&dataset=circle&count=30&at=100');
  await page.locator('.b-plot').focus();
  await page.keyboard.press('n');
  await becomes(page, 'selected', 0);
  await page.keyboard.press('n');
  await becomes(page, 'selected', 1);
  await page.keyboard.press('p');
  await becomes(page, 'selected', 0);
  await until(page, (el) => /^Point 1 of 30, class (one|two)/.test(el.spoken));
  await until(page, (el) => (el.run?.frames.newest?.channels.path.dims[0] ?? 0) > 1);
  await page.keyboard.press('Escape');
  await becomes(page, 'selected', -1);
  for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+ArrowRight');
  const line = page.locator('.b-line');
  await line.getByText('At 0.30, 0.00:').waitFor();
  await page.keyboard.press('Enter');
  await until(page, (el) => Number(el.run?.config.selected) >= 0);
});

test('the loss curve is scrubbed by arrows, Page, Home and End, and back there everything is as it was', async () => {
  const page = await openLab();
  const hashes = await inFigure(page, async (el) => {
    await el.step(100);
    const half = await el.hash();
    await el.step(100);
    return [half, await el.hash()];
  });
  await tabTo(page, /^input\[range\] Step of the run/);
  const at = (/** @type {number} */ step) => until(page, (el, n) => el.run?.step === n && el.run.last === 200, step);
  await page.keyboard.press('Home');
  await at(0);
  await page.keyboard.press('End');
  await at(200);
  await page.keyboard.press('ArrowLeft');
  await at(198);
  await page.keyboard.press('PageDown');
  await at(178);
  await page.keyboard.press('PageUp');
  await at(198);
  await page.keyboard.press('ArrowRight');
  await at(200);
  assert.equal(await inFigure(page, (el) => el.hash()), hashes[1]);
  for (let i = 0; i < 5; i++) {
    await page.keyboard.press('PageDown');
    await at(200 - 20 * (i + 1));
  }
  const text = await page.getByRole('slider', { name: 'Step of the run' }).getAttribute('aria-valuetext');
  assert.match(text ?? '', /^step 100 of 200/);
  assert.equal(await inFigure(page, (el) => el.hash()), hashes[0]);
});

test('the menu opens, copies a link that leads back here, works out the hash, and Escape closes it', async () => {
  const page = await openLab('#v=1&dataset=xor&at=12', { permissions: ['clipboard-read', 'clipboard-write'] });
  const hash = await inFigure(page, (el) => el.hash());
  await tabTo(page, /^summary Share and save/);
  await page.keyboard.press('Enter');
  await tabTo(page, /Copy link to this moment/);
  await page.keyboard.press('Enter');
  await page.getByText('Copied.').waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(link.endsWith('lab.html?lab=boundary#v=1&at=12&dataset=xor'), link);
  await tabTo(page, /Work out this run’s hash/);
  await page.keyboard.press('Enter');
  await page.locator('.hash code').waitFor();
  assert.equal((await page.locator('.hash code').innerText()).replaceAll(' ', ''), hash);
  assert.match(await focused(page), /Copy the hash/, 'the focus stays where it was');
  await page.keyboard.press('Escape');
  await until(page, (el) => el.renderRoot.querySelector('.head .menu[open]') === null);
  assert.match(await focused(page), /Share and save/);
  const other = await openPage(link.replace(/^https?:\/\/[^/]+\//, ''));
  assert.equal(await inFigure(other, (el) => el.ready.then(() => el.hash())), hash);
});

test('a neuron is shown on the stage by a key, speed and views are chosen, a seed drawn, the table opened', async () => {
  const page = await openLab('#v=1&layers=4&at=20');
  await tabTo(page, /layer 1, neuron 2/);
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('.unit[aria-pressed=true]').count(), 1);
  await until(page, (el) => /What layer 1, neuron 2 makes/.test(el.renderRoot.querySelector('.b-field')?.getAttribute('aria-label') ?? ''));
  await page.keyboard.press('Enter');
  await until(page, (el) => /What the network answers/.test(el.renderRoot.querySelector('.b-field')?.getAttribute('aria-label') ?? ''));
  await tabTo(page, /Speed, in steps/, 'Shift+Tab');
  await page.keyboard.press('ArrowDown');
  await until(page, (el) => el.run?.speed === 25);
  await tabTo(page, /^button.* New seed/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await until(page, (el) => el.run?.seed !== 1 && el.run?.step === 0);
  await tabTo(page, /^summary View/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await tabTo(page, /^input\[checkbox\] Smooth field/);
  await page.keyboard.press('Space');
  assert.ok(await page.getByLabel('Smooth field').isChecked());
  await page.keyboard.press('Escape');
  await tabTo(page, /^summary The same as a table/);
  await page.keyboard.press('Enter');
  await page.getByRole('table').waitFor();
});
