// The page of elements: every part is there, drawn by the real modules, operates the figure, and is for everyone.
import assert from 'node:assert/strict';
import test from 'node:test';
import { axeViolations } from '../../www/tools/browser.js';
import { frames, inFigure, openPage, until } from './stand.mjs';

/** The shadow root of one part. @param {import('./stand.mjs').Page} page @param {string} shows @param {string} [of] */
const part = (page, shows, of) => page.locator(`uncrumple-part[shows="${shows}"]${of ? `[of="${of}"]` : ''}`);

test('each part operates the figure, and shows what becomes of it', async () => {
  const page = await openPage('elements.html');
  await inFigure(page, (el) => el.step(40));
  await part(page, 'knob', 'norm').getByRole('radio', { name: 'L∞ square' }).check();
  await until(page, (el) => el.run?.config.norm === 'linf');
  await part(page, 'knob', 'rate').getByRole('slider').press('PageUp');
  await until(page, (el) => Number(el.run?.config.rate) > 0.02);
  await part(page, 'knob', 'rate').getByRole('button', { name: /back to/ }).click();
  await until(page, (el) => Math.abs(Number(el.run?.config.rate) - 0.02) < 1e-6);
  await part(page, 'timeline').getByRole('button', { name: 'Back to the start' }).click();
  await until(page, (el) => el.run?.step === 0);
  await inFigure(page, (el) => el.step(0)); // the figure itself is out of view, and measures nothing unasked
  const said = await inFigure(page, (el) => el.locale.formats.hundredths(el.readouts.robustAccuracy));
  await part(page, 'readouts').getByText(new RegExp(`^${said}%$`)).first().waitFor();
  await part(page, 'switch').getByRole('switch').click();
  assert.ok(await part(page, 'switch').getByRole('switch').isChecked());
  await page.getByRole('button', { name: 'Go to step 20' }).click();
  await until(page, (el) => el.run?.step === 20);
  await part(page, 'timeline').getByText('step 20').waitFor();
});

test('every part has something to show, in English and French, and axe finds nothing wrong in either theme', async () => {
  for (const [colorScheme, lang, width] of /** @type {['light' | 'dark', string, number][]} */ ([['light', 'en', 1280], ['dark', 'fr', 390]])) {
    const page = await openPage(`elements.html?lang=${lang}`, { colorScheme, viewport: { width, height: 900 }, reducedMotion: 'reduce' });
    await inFigure(page, (el) => el.step(10));
    await frames(page, 3);
    const empty = await page.locator('uncrumple-part').evaluateAll((parts) =>
      parts.filter((one) => one.clientHeight < 40).map((one) => one.outerHTML),
    );
    assert.deepEqual(empty, []);
    assert.ok((await page.locator('uncrumple-part').count()) > 20);
    assert.equal(await inFigure(page, (el) => el.locale.lang), lang, 'the figure speaks as the page does');
    await part(page, 'timeline').getByRole('button', { name: lang === 'fr' ? 'Lancer' : 'Play', exact: true }).waitFor();
    await part(page, 'switch').getByRole('switch', { name: lang === 'fr' ? 'Un interrupteur sans objet' : 'A switch of nobody’s' }).waitFor();
    assert.deepEqual(await axeViolations(page), [], `${colorScheme}, ${lang}`);
    await page.close();
  }
});
