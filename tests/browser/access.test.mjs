// For everyone: axe finds nothing in either theme, language and width, nothing is cut off at 320 px, and nothing moves unasked.
import assert from 'node:assert/strict';
import test from 'node:test';
import { axeViolations } from '../../www/tools/browser.js';
import { frames, inFigure, lookAt, openPage, until } from './stand.mjs';

/** @typedef {import('./stand.mjs').Page} Page */

/** Opens whatever folds, so that all of it is looked at; menus too if asked. @param {Page} page @param {boolean} [menus] */
async function unfold(page, menus = false) {
  await inFigure(page, async (el, all) => {
    for (const details of el.renderRoot.querySelectorAll('details')) details.open = all || !details.matches('.menu');
    await el.updateComplete;
  }, menus);
  await frames(page, 3);
}

/** An open menu lies over other things to press, which are then too small for the rule on targets; the other rules hold. */
const UNDER_MENUS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];

for (const path of ['index.html', 'lab.html?lab=boundary']) {
  for (const width of [1280, 390]) {
    test(`axe finds nothing wrong with ${path} at ${width} px, light and dark, in English and French, unfolded`, async () => {
      for (const [colorScheme, lang] of /** @type {['light' | 'dark', string][]} */ ([['light', 'en'], ['dark', 'en'], ['light', 'fr'], ['dark', 'fr']])) {
        const page = await openPage(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}#main`, { viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce' });
        await inFigure(page, (el) => el.step(30));
        assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
        if (width < 500) assert.deepEqual(await axeViolations(page), [], `folded, ${colorScheme}, ${lang}`);
        await unfold(page);
        assert.deepEqual(await axeViolations(page), [], `unfolded, ${colorScheme}, ${lang}`);
        await unfold(page, true);
        assert.deepEqual(await axeViolations(page, UNDER_MENUS), [], `menus open, ${colorScheme}, ${lang}`);
        await page.close();
      }
    });
  }
}

test('axe finds nothing wrong with what is seldom on screen: errors, an empty plane, a drawing tool, a bad link', async () => {
  for (const colorScheme of /** @type {('light' | 'dark')[]} */ (['light', 'dark'])) {
    const page = await openPage('lab.html?lab=boundary#v=1&rate=99&dataset=yours&colour=red', { viewport: { width: 390, height: 900 }, colorScheme });
    await inFigure(page, (el) => el.ready);
    await page.locator('#stage').getByText('Paint some points').waitFor();
    assert.deepEqual(await axeViolations(page), [], 'a bad link and an empty plane');
    await inFigure(page, async (el) => {
      await el.set('dataset', 'circle');
      await el.set('loss', 'mse');
      await el.set('activation', 'linear');
      await el.set('optimizer', 'sgd');
      await el.set('rate', 10);
      await el.step(300).catch(() => {});
    });
    await page.getByRole('alert').waitFor();
    assert.deepEqual(await axeViolations(page), [], 'a run that diverged');
    await page.close();
  }
});

test('the page in French is in French: no English control, no word left out', async () => {
  const page = await openPage('lab.html?lab=boundary&lang=fr');
  await inFigure(page, (el) => el.step(10));
  await unfold(page);
  assert.equal(await page.getByRole('button', { name: 'Play' }).count(), 0);
  const text = await inFigure(page, (el) => /** @type {HTMLElement} */ (el.renderRoot.querySelector('.plate')).innerText);
  for (const raw of [/\bundefined\b/, /\bNaN\b/, /labs\.boundary/, /\bui\./, /\{\w+\}/, /\[object/, / the /]) assert.doesNotMatch(text, raw);
});

for (const path of ['index.html', 'lab.html?lab=boundary']) {
  test(`${path} at 320 px scrolls down only, with everything folded out`, async () => {
    for (const lang of ['en', 'fr']) {
      const page = await openPage(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`, { viewport: { width: 320, height: 700 } });
      await inFigure(page, (el) => el.step(30));
      await unfold(page, true);
      const wide = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        const root = /** @type {ShadowRoot} */ (document.querySelector('uncrumple-lab')?.shadowRoot);
        const out = [...document.querySelectorAll('body *'), ...root.querySelectorAll('*')].filter((el) => {
          const box = el.getBoundingClientRect();
          return box.width > 1 && box.right > clientWidth + 1 && !el.closest('.b-net, .scroll, .measured thead');
        });
        return { over: scrollWidth - clientWidth, out: out.slice(0, 5).map((el) => `${el.localName}.${el.getAttribute('class')}`) };
      });
      assert.deepEqual(wide, { over: 0, out: [] }, lang);
      await page.close();
    }
  });
}

test('in forced colours what is chosen is outlined where nothing cuts it off, and sliders keep their tracks', async () => {
  const page = await openPage('lab.html?lab=boundary', { forcedColors: 'active', colorScheme: 'dark' });
  await inFigure(page, (el) => el.ready);
  await page.locator('.unit').first().click();
  await page.locator('.unit[aria-pressed="true"]').waitFor();
  const found = await inFigure(page, (el) => {
    const chosen = [...el.renderRoot.querySelectorAll('.seg label:has(:checked), [aria-pressed="true"]')].map((one) => getComputedStyle(one));
    const slides = [...el.renderRoot.querySelectorAll('.slide')].map((one) => getComputedStyle(one).getPropertyValue('forced-color-adjust'));
    return { chosen: chosen.map(({ outlineStyle, outlineOffset }) => `${outlineStyle} ${outlineOffset}`), slides };
  });
  assert.ok(found.chosen.length > 3 && found.slides.length > 3);
  assert.deepEqual(new Set(found.chosen), new Set(['solid -3px']));
  assert.deepEqual(new Set(found.slides), new Set(['none']));
});

test('a group that is folded and unfolded again has its pictures again', async () => {
  const page = await openPage('lab.html?lab=boundary', { viewport: { width: 390, height: 900 } });
  await inFigure(page, (el) => el.ready);
  const drawn = () => until(page, (el) => {
    el.renderRoot.querySelector('.picks')?.scrollIntoView({ block: 'nearest' }); // they are drawn when they are seen
    const pictures = [...el.renderRoot.querySelectorAll('.picks canvas')].filter((canvas) => canvas instanceof HTMLCanvasElement);
    return pictures.length > 0 && pictures.every((canvas) => canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean));
  });
  const data = page.locator('summary').filter({ hasText: 'Data' });
  await data.click();
  await drawn();
  await data.click();
  await until(page, (el) => !el.renderRoot.querySelector('.picks'));
  await data.click();
  await drawn();
});

test('everything there is to press is 24 px and more, and what is pressed most is 44', async () => {
  const page = await openPage('lab.html?lab=boundary', { viewport: { width: 390, height: 900 } });
  await inFigure(page, (el) => el.step(0));
  const small = await inFigure(page, (el) =>
    [...el.renderRoot.querySelectorAll('.run button, .run select, .head summary, .p-kinds label, .track input')].flatMap((target) => {
      const { width, height } = target.getBoundingClientRect();
      return width >= 43.5 && height >= 42.5 ? [] : [`${target.getAttribute('aria-label') ?? target.className} ${width}×${height}`];
    }),
  );
  assert.deepEqual(small, []);
});

test('with reduced motion nothing starts by itself, and the button says “Train this network”', async () => {
  const page = await openPage('index.html', { reducedMotion: 'reduce' });
  await inFigure(page, async (el) => {
    await el.ready;
    el.scrollIntoView();
  });
  const button = page.getByRole('button', { name: 'Train this network' });
  await button.waitFor();
  await frames(page, 60);
  assert.deepEqual(await inFigure(page, (el) => [el.run?.step, el.run?.playing]), [0, false]);
  await button.click();
  await until(page, (el) => (el.run?.step ?? 0) > 0);
  assert.equal(await button.count(), 0);
  await page.getByRole('button', { name: 'Pause' }).click();
});

test('without it a figure starts when it is seen and stops by itself, and never do two', async () => {
  const page = await openPage('index.html', { viewport: { width: 1280, height: 500 } });
  const title = page.locator('#fig-uncrumple');
  const playing = (/** @type {any} */ el) => el.run?.playing === true;
  await until(page, playing); // the title is in view
  lookAt(page, '#fig-boundary');
  await inFigure(page, (el) => el.ready);
  assert.equal(await inFigure(page, (el) => el.run?.step), 0, 'not yet: it is out of view');
  await inFigure(page, (el) => {
    el.speed = Infinity;
    if (el.run) el.run.speed = Infinity;
    el.scrollIntoView();
  });
  await until(page, (el) => (el.run?.step ?? 0) > 0); // it may have stopped again by now: a run is short at this speed
  assert.equal(await title.evaluate(playing), false, 'the title’s rests while it is not seen');
  await until(page, (el) => el.run?.playing === false);
  assert.ok((await inFigure(page, (el) => el.run?.step ?? 0)) >= 1500);
  await title.evaluate((el) => el.scrollIntoView());
  lookAt(page, '#fig-uncrumple');
  await until(page, playing); // and goes on when it is seen again
});

test('what a run comes to is said once, in one sentence, and stands in a table', async () => {
  const page = await openPage('lab.html?lab=boundary#v=1&dataset=circle');
  await inFigure(page, (el) => el.ready);
  await page.getByRole('button', { name: 'Play' }).click();
  await until(page, (el) => (el.run?.step ?? 0) >= 40);
  await page.getByRole('button', { name: 'Pause' }).click();
  await until(page, (el) => /^Step/.test(el.spoken));
  const said = await page.locator('p[role=status][aria-live=polite]').innerText();
  const at = await inFigure(page, (el) => el.run?.step);
  assert.match(said, new RegExp(`^Step ${at}: [\\d.]+\\s% of the points held out are right\\. After the worst push`));
  await page.getByText('The same as a table').click();
  const table = page.getByRole('table');
  await table.waitFor();
  const step = await inFigure(page, (el) => el.locale.formats.readout(el.readouts.step, 'count'));
  assert.equal(await table.getByRole('rowheader').last().innerText(), step);
  assert.match(await page.locator('.b-field').getAttribute('aria-label') ?? '', new RegExp(`at step ${step}`));
});
