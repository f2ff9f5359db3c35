// What the pages promise of themselves: a content policy that holds, nothing fetched from elsewhere, words that work before scripts do.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import test from 'node:test';
import { inFigure, lookAt, openLab, openPage, until } from './stand.mjs';

const PAGES = readdirSync(new URL('../../www/', import.meta.url)).filter((name) => name.endsWith('.html'));

test('there are five pages to try', () => assert.deepEqual(PAGES.sort(), ['elements.html', 'embed.html', 'gallery.html', 'index.html', 'lab.html']));

for (const path of PAGES) {
  test(`${path} carries a content policy that lets nothing in from elsewhere, and nothing on it is refused`, async () => {
    const page = await openPage(path);
    if (path === 'gallery.html') await page.frameLocator('iframe').first().getByRole('button', { name: /Play|Pause/ }).waitFor(); // its figures are in frames
    else await inFigure(page, (el) => el.step(20));
    const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
    assert.match(policy ?? '', /default-src 'none'/);
    assert.match(policy ?? '', /connect-src 'self'/);
    assert.doesNotMatch(policy ?? '', /https?:|\*|'unsafe-inline'|'unsafe-eval'/);
    assert.deepEqual(await page.evaluate(() => spy.violations), []);
    assert.deepEqual(await page.context().cookies(), []);
  });
}

test('the watch itself works: a forbidden image is counted as a violation', async () => {
  const page = await openPage('index.html', { allow: [/./] });
  await page.evaluate(() => {
    new Image().src = 'https://elsewhere.invalid/a.png';
  });
  await until(page, () => spy.violations.length > 0);
  assert.match((await page.evaluate(() => spy.violations))[0], /^img-src/);
});

test('the essay can be read without scripts', async () => {
  const page = await openPage('index.html', { javaScriptEnabled: false });
  assert.match(await page.locator('h1').innerText(), /Uncrumple/);
  assert.match(await page.locator('noscript').innerText(), /The figures on this page are programs/);
});

test('the essay asks for a guess, and then says what this run measured beside it', async () => {
  const page = await openPage('index.html');
  lookAt(page, '#fig-boundary');
  await inFigure(page, (el) => el.ready);
  const part = page.locator('.text', { has: page.locator('form[data-for="fig-boundary"]') });
  const keep = part.getByRole('button', { name: 'Keep my guess' });
  assert.ok(await keep.isDisabled(), 'not before the slider has been moved');
  await part.getByLabel('Your guess, in per cent').fill('80');
  await keep.click();
  const said = part.locator('.reveal');
  await said.getByText(/You said/).waitFor({ timeout: 90_000 });
  const robust = await inFigure(page, (el) => el.locale.formats.percent(el.readouts.robustAccuracy));
  const text = (await said.innerText()).replace(/\s/g, ' ');
  assert.ok(text.includes('You said 80 %') && text.includes(`Your run says ${robust.replace(/\s/g, ' ')}`), text);
});

test('the essay’s sentences operate its figure', async () => {
  const page = await openPage('index.html');
  lookAt(page, '#fig-boundary');
  await inFigure(page, (el) => el.ready);
  await page.getByRole('button', { name: 'Go to step 20' }).click();
  await until(page, (el) => el.run?.step === 20);
  await page.getByRole('button', { name: 'Double the push' }).click();
  await until(page, (el) => Math.abs(Number(el.run?.config.epsilon) - 0.2) < 1e-6);
  await page.getByRole('button', { name: 'Try the circle' }).click();
  await until(page, (el) => el.run?.config.dataset === 'circle' && el.run.playing);
});

test('what a sentence does to a picture is seen: a figure taller than the window comes with its top', async () => {
  const page = await openPage('index.html');
  for (const [name, id] of [['Double the push', 'boundary'], ['Go back to the untouched plane', 'layers'], ['fold the paper once', 'uncrumple']]) {
    await page.locator(`#fig-${id}`).evaluate((/** @type {any} */ el) => el.ready);
    await page.getByRole('button', { name }).scrollIntoViewIfNeeded();
    await page.getByRole('button', { name }).click();
    await page.waitForFunction((of) => {
      const stage = document.querySelector(of)?.shadowRoot?.querySelector('.stage')?.getBoundingClientRect();
      return stage && Math.min(stage.bottom, innerHeight) - Math.max(stage.top, 0) > 0.6 * stage.height;
    }, `#fig-${id}`, { timeout: 5000 });
  }
});

test('of two sentences pressed at once the newer holds', async () => {
  const page = await openPage('index.html');
  lookAt(page, '#fig-topology');
  await inFigure(page, (el) => el.ready);
  await page.evaluate(() => {
    const find = (/** @type {string} */ text) => [...document.querySelectorAll('button')].find((button) => button.textContent === text);
    find('Add the third neuron')?.click();
    find('Make it eight layers deep')?.click();
  });
  await until(page, (el) => el.run?.playing === true);
  await inFigure(page, (el) => el.step(0));
  assert.deepEqual(await inFigure(page, (el) => [el.run?.config.width, el.run?.config.depth]), [2, 8]);
});

test('a guess is answered under the settings it is about, and under no others', async () => {
  const page = await openPage('index.html');
  lookAt(page, '#fig-topology');
  await inFigure(page, (el) => el.ready);
  await page.getByRole('button', { name: 'Add the third neuron' }).click();
  await until(page, (el) => el.run?.config.width === 3 && el.run.playing);
  const form = page.locator('form.ask[data-section="topology"]');
  await form.locator('input').fill('90');
  await form.getByRole('button').click();
  const reveal = page.locator('form.ask[data-section="topology"] ~ .reveal');
  await reveal.getByText('still learning').waitFor();
  assert.deepEqual(await inFigure(page, (el) => [el.run?.config.width, el.run?.config.depth]), [2, 4], 'what it asks about');
  await inFigure(page, async (el) => {
    await el.set('activation', 'sine');
    await el.step(1000);
  });
  assert.ok(await reveal.isHidden(), 'the theorem says nothing of a sine');
  await inFigure(page, async (el) => {
    await el.set('activation', 'tanh');
    el.setSpeed(Infinity);
    el.play();
  });
  await reveal.getByText('You said 90').waitFor({ timeout: 90_000 });
});

test('theme and language are switched on the page, and the figure goes along', async () => {
  const page = await openLab('#v=1&at=5');
  const before = await inFigure(page, (el) => el.palette.paper);
  await page.getByRole('button', { name: 'Light or dark' }).click();
  await until(page, (el, paper) => el.palette.paper !== paper, before);
  await page.getByRole('link', { name: 'FR' }).click();
  await page.waitForURL(/lang=fr.*#v=1&at=5/);
  await inFigure(page, (el) => el.ready);
  assert.equal(await inFigure(page, (el) => el.run?.step), 5);
  assert.notEqual(await inFigure(page, (el) => el.palette.paper), before, 'the theme was kept');
  assert.equal(await page.getByRole('button', { name: 'Play' }).count(), 0);
});

test('the last table says what this reader’s run measured, beside its control, and links to that run', async () => {
  const page = await openPage('index.html');
  const row = page.locator('.measured tbody tr', { hasText: 'worst push' });
  assert.match(await row.innerText(), /No guess yet[\s\S]*Not run yet/);
  const { robust, noise } = await page.locator('#fig-boundary').evaluate(async (/** @type {any} */ el) => {
    await el.reset({ seed: 4 });
    await el.step(300);
    const { robustAccuracy, noiseAccuracy } = el.readouts;
    const { formats } = el.locale;
    return { robust: formats.percent(robustAccuracy, 1), noise: formats.percent(noiseAccuracy, 1) };
  });
  const told = await row.innerText();
  for (const text of [robust, noise, 'seed 4, step 300']) assert.ok(told.includes(text), `“${text}” is not in “${told}”`);
  assert.equal(await row.getByRole('link').getAttribute('href'), './lab.html?lab=boundary#v=1&seed=4&at=300');
});
