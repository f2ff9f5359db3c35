// The title's figure: its lesson, the paper turned by hand and by keys, the layers, the exact way back, a photo, and no WebGL.
import assert from 'node:assert/strict';
import test from 'node:test';
import { WEBGL, acceptSlowWebgl, axeViolations } from '../../www/tools/browser.js';
import { inFigure, openLab, openPage, startWith, until } from './stand.mjs';

/** @typedef {import('./stand.mjs').Page} Page */

// A canvas that is read often moves from the graphics card to the processor, which rounds edges otherwise.
startWith(...WEBGL, '--disable-accelerated-2d-canvas');

/** Without WebGL, as a browser without a graphics card has it. */
const NO_WEBGL = () => {
  const { getContext } = HTMLCanvasElement.prototype;
  /** @type {any} */ (HTMLCanvasElement.prototype).getContext = function (/** @type {string} */ kind, /** @type {any} */ how) {
    return kind.startsWith('webgl') ? null : /** @type {any} */ (getContext).call(this, kind, how);
  };
};

/** A coarse mesh and few points are enough where only the picture is asked about. */
const LIGHT = '#v=1&fineness=16&count=400';

const SMALL = /** @type {const} */ ({ viewport: { width: 620, height: 900 }, reducedMotion: 'reduce' });

/** In WebGL. @param {string} [rest] */
const deep = async (rest = LIGHT) => {
  const page = await openPage('lab.html?lab=nothing', SMALL);
  await acceptSlowWebgl(page);
  await page.goto(new URL(`lab.html?lab=uncrumple${rest}`, page.url()).href);
  await inFigure(page, (el) => el.ready);
  return page;
};

/** @param {Page} page @param {string} how */
const drawn = (page, how) => until(page, (el, wanted) => /** @type {HTMLElement | null} */ (el.renderRoot.querySelector('.u-view'))?.dataset.drawn === wanted, how);

/** What the visible canvas shows, as text, once ten frames have shown the same. @param {Page} page */
const picture = (page) => inFigure(page, async (el) => {
  await document.fonts.ready;
  const now = () => /** @type {HTMLCanvasElement} */ (el.renderRoot.querySelector('.u-view canvas:not([hidden])')).toDataURL();
  let [shown, frames] = [now(), 0];
  while (frames < 10) {
    await new Promise(requestAnimationFrame);
    const next = now();
    frames = next === shown ? frames + 1 : 0;
    shown = next;
  }
  return shown;
});

/** Whether the visible canvas has more than one colour. @param {Page} page */
const isDrawn = (page) => until(page, (el) => {
  const canvas = /** @type {HTMLCanvasElement} */ (el.renderRoot.querySelector('.u-view canvas:not([hidden])'));
  const small = Object.assign(document.createElement('canvas'), { width: 24, height: 24 });
  const ctx = /** @type {CanvasRenderingContext2D} */ (small.getContext('2d'));
  ctx.drawImage(canvas, 0, 0, 24, 24);
  return new Set(new Uint32Array(ctx.getImageData(0, 0, 24, 24).data.buffer)).size > 12;
});

/** Drawn flat, which costs less than software rendering. */
const flat = async (rest = LIGHT) => {
  const page = await openPage('lab.html?lab=nothing', SMALL);
  await page.addInitScript(NO_WEBGL);
  await page.goto(new URL(`lab.html?lab=uncrumple${rest}`, page.url()).href);
  await inFigure(page, (el) => el.ready);
  return page;
};

test('four folds are learnt, layer by layer; eight are not, though the exact inverse undoes them', async () => {
  const page = await flat('');
  const four = await inFigure(page, async (el) => {
    await el.step(1500);
    return el.readouts;
  });
  const probe = /** @type {Record<string, number>} */ (/** @type {any} */ (four.probe));
  assert.ok(four.rawProbe <= 0.72, `a flat cut sorts ${four.rawProbe} as they lie`);
  assert.ok(four.testAccuracy >= 0.97, `${four.testAccuracy}`);
  assert.deepEqual(Object.keys(probe), ['1', '2', '3', '4']);
  assert.ok(probe['1'] < probe['4'] && probe['4'] >= 0.97, JSON.stringify(probe));
  assert.equal(four.inverseProbe, 1);
  // What the page says is what was measured.
  const { percent } = await inFigure(page, (el) => ({ percent: el.locale.formats.percent(/** @type {any} */ (el.readouts).probe['4'], 1) }));
  await until(page, (el, text) => [...el.renderRoot.querySelectorAll('.u-strip small')].at(-1)?.textContent === text, percent);
  const eight = await inFigure(page, async (el) => {
    await el.set('crumple', 8);
    await el.step(1500);
    return el.readouts;
  });
  assert.ok(eight.testAccuracy <= 0.8, `${eight.testAccuracy}`);
  assert.equal(eight.inverseProbe, 1);
});

test('in WebGL the paper is drawn, a drag and the arrow keys turn it, and Home turns it back', async () => {
  const page = await deep();
  await drawn(page, 'space');
  await isDrawn(page);
  const first = await picture(page);
  const box = await page.locator('.u-view').boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + 200, box.y + 150);
  await page.mouse.down();
  await page.mouse.move(box.x + 260, box.y + 130, { steps: 2 });
  await page.mouse.up();
  const dragged = await picture(page);
  assert.notEqual(dragged, first);
  await page.locator('.u-view').focus();
  await page.keyboard.press('ArrowLeft');
  assert.notEqual(await picture(page), dragged);
  await page.keyboard.press('Home');
  assert.equal(await picture(page), first);
});

test('four thousand points are drawn in one call, both sheets in another, and a turn of the paper takes few besides', async () => {
  const page = await deep('#v=1&fineness=16&count=4000');
  await drawn(page, 'space');
  await page.getByLabel('Show the points').check();
  await picture(page);
  await page.evaluate(() => {
    /** @type {[number, number][]} */
    const calls = [];
    Object.assign(globalThis, { calls });
    const gl = WebGL2RenderingContext.prototype;
    const { drawArrays, drawElements } = gl;
    gl.drawArrays = function (mode, first, count) {
      calls.push([mode, count]);
      drawArrays.call(this, mode, first, count);
    };
    gl.drawElements = function (mode, count, type, offset) {
      calls.push([mode, count]);
      drawElements.call(this, mode, count, type, offset);
    };
  });
  await page.locator('.u-view').focus();
  await page.keyboard.press('ArrowLeft');
  await picture(page);
  const calls = await page.evaluate(() => /** @type {[number, number][]} */ (/** @type {any} */ (globalThis).calls));
  const [POINTS, SHEETS] = [0, 2 * 16 * 16 * 6]; // two sheets of 16 × 16 facets of two triangles
  const points = calls.filter(([mode]) => mode === POINTS);
  assert.ok(points.length > 0 && points.every(([, count]) => count === 4000), JSON.stringify(calls));
  assert.equal(calls.filter(([, count]) => count === SHEETS).length, points.length, 'as often as the sheets');
  assert.ok(calls.length <= 4 * points.length, `${calls.length} calls for ${points.length} pictures`);
});

test('while it trains there is one picture an animation frame at most, for which the moved paper is uploaded and nothing that stays', async () => {
  const page = await deep();
  await drawn(page, 'space');
  await isDrawn(page);
  const { frames, uploads, whole, calls, pictures } = await inFigure(page, async (el) => {
    const gl = WebGL2RenderingContext.prototype;
    const { bufferSubData, bufferData, drawElements } = gl;
    const [SHEETS, FRAMES] = [2 * 16 * 16 * 6, 20];
    const count = { frames: 0, uploads: /** @type {number[]} */ ([]), whole: 0, calls: 0, pictures: /** @type {Set<unknown>} */ (new Set()) };
    const over = new Promise((resolve) => el.addEventListener('frame', () => ++count.frames === FRAMES && resolve(undefined)));
    /** @type {any} */ (gl).bufferSubData = function (/** @type {any[]} */ ...what) {
      count.uploads.push(what[2].byteLength);
      return /** @type {any} */ (bufferSubData).apply(this, what);
    };
    /** @type {any} */ (gl).bufferData = function (/** @type {any[]} */ ...what) {
      count.whole++;
      return /** @type {any} */ (bufferData).apply(this, what);
    };
    gl.drawElements = function (mode, number, type, offset) {
      if (number === SHEETS) {
        count.calls++;
        count.pictures.add(document.timeline.currentTime);
      }
      drawElements.call(this, mode, number, type, offset);
    };
    el.play();
    await over;
    el.pause();
    return { ...count, pictures: count.pictures.size };
  });
  const vertices = 2 * 17 * 17;
  assert.ok(frames >= 20 && pictures >= 10, `${pictures} pictures of ${frames} frames`);
  assert.equal(calls, 2 * pictures, 'once as the lamp sees the paper, once as the eye does');
  assert.deepEqual([...new Set(uploads)].sort((a, b) => a - b), [4 * vertices, 12 * vertices], 'bends; places and normals');
  assert.equal(uploads.length, 3 * pictures);
  assert.ok(whole <= 4, `${whole}: what never changes was uploaded before, all but the cut’s four, which is seen only now`);
});

test('when the graphics card is taken away the paper is drawn flat and says so, and it comes back', async () => {
  const page = await deep();
  await drawn(page, 'space');
  await isDrawn(page);
  await inFigure(page, (el) => {
    const canvas = /** @type {HTMLCanvasElement} */ (el.renderRoot.querySelector('.u-space'));
    const lose = /** @type {WebGL2RenderingContext} */ (canvas.getContext('webgl2')).getExtension('WEBGL_lose_context');
    Object.assign(globalThis, { lose });
    lose?.loseContext();
  });
  await drawn(page, 'flat');
  await isDrawn(page);
  const note = page.locator('.u-note');
  await note.getByText('Drawn flat for now').waitFor();
  await page.evaluate(() => /** @type {any} */ (globalThis).lose.restoreContext());
  await drawn(page, 'space');
  await isDrawn(page);
  await until(page, (el) => el.renderRoot.querySelector('.u-note')?.textContent === '');
  const before = await picture(page);
  await page.locator('.u-view').focus();
  await page.keyboard.press('ArrowRight');
  assert.notEqual(await picture(page), before, 'and can be turned');
});

test('a browser without WebGL draws it flat, never fetches three, and turns it all the same', async () => {
  const page = await flat();
  await drawn(page, 'flat');
  await isDrawn(page);
  await page.locator('.u-note').getByText('no WebGL').waitFor();
  const fetched = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  assert.deepEqual(fetched.filter((name) => /space-/.test(name)), []);
  const before = await picture(page);
  await page.locator('.u-view').focus();
  await page.keyboard.press('ArrowUp');
  assert.notEqual(await picture(page), before);
});

test('other figures never fetch three', async () => {
  const page = await openLab('', SMALL);
  const fetched = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  assert.ok(fetched.some((name) => /boundary-/.test(name)));
  assert.deepEqual(fetched.filter((name) => /space-/.test(name)), []);
});

test('the prints lead to their layers, and each says how it is seen', async () => {
  const page = await flat();
  const line = page.locator('.u-line');
  await line.getByText('before any layer').waitFor();
  const input = await picture(page);
  await page.locator('.u-strip label').nth(3).click();
  await line.getByText('After layer 3 of 4: 16 neurons, seen along the three directions').waitFor();
  assert.notEqual(await picture(page), input);
  await page.locator('.u-slide').focus();
  await page.keyboard.press('Home');
  await line.getByText('before any layer').waitFor();
  assert.equal(await picture(page), input);
  await inFigure(page, (el) => el.set('layers', '3,3'));
  await page.locator('.u-strip label').nth(2).click();
  await line.getByText('After layer 2 of 2: 3 neurons, drawn as they are').waitFor();
});

test('the exact inverse lays the paper flat, fold by fold', async () => {
  const page = await flat();
  await page.getByLabel('Show the exact inverse').check();
  await page.locator('.u-line').getByText('4 folds taken back').waitFor();
  assert.equal(await page.locator('.u-strip label').count(), 5);
  const heights = await inFigure(page, async (el) => {
    const at = await el.ask('unfold', [4]);
    return at.filter((_, i) => i % 3 === 2);
  });
  assert.ok(heights.every((z) => Math.abs(Math.abs(z) - 0.12) < 1e-5), 'two planes');
});

test('a photo is printed on the paper and sent nowhere; what is no photo is refused in a sentence', async () => {
  const page = await flat('#v=1&fineness=16&count=400&dataset=yours');
  const before = await picture(page);
  const button = page.getByRole('button', { name: 'Choose a photo' });
  /** @param {{ name: string, mimeType: string, buffer: Buffer }} file */
  const choose = async (file) => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button.click()]);
    await chooser.setFiles(file);
  };
  await choose({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') });
  await page.locator('.u-note').getByText('not a picture').waitFor();
  await choose({ name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
  await page.locator('.u-note').getByText('cannot read that picture').waitFor();
  assert.equal(await picture(page), before, 'the paper is as it was');
  const png = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 60, height: 40 });
    const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    ctx.fillStyle = '#e0e';
    ctx.fillRect(0, 0, 60, 40);
    return canvas.toDataURL('image/png').split(',')[1];
  });
  const requests = await page.evaluate(() => performance.getEntriesByType('resource').length);
  await choose({ name: 'mine.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') });
  await page.locator('.u-note').getByText('stays on your machine').waitFor();
  assert.notEqual(await picture(page), before);
  assert.equal(await page.evaluate(() => performance.getEntriesByType('resource').length), requests);
});

test('the title’s figure starts by itself and uncrumples as it learns; under reduced motion it waits', async () => {
  const page = await openPage('index.html', { viewport: { width: 900, height: 900 } });
  await until(page, (el) => el.lab === 'uncrumple' && (el.run?.step ?? 0) > 0);
  await until(page, (el) => Number(/** @type {HTMLInputElement | null} */ (el.renderRoot.querySelector('.u-slide'))?.value) > 0.5);
  await page.close();
  const calm = await openPage('index.html', { viewport: { width: 900, height: 900 }, reducedMotion: 'reduce' });
  await inFigure(calm, (el) => el.ready);
  await calm.getByRole('button', { name: 'Train this network' }).first().waitFor();
  assert.equal(await inFigure(calm, (el) => el.run?.step), 0);
});

test('axe finds nothing wrong with it, light and dark, in English and French, at 390 px, and its French is French', async () => {
  for (const [colorScheme, lang] of /** @type {['light' | 'dark', string][]} */ ([['light', 'fr'], ['dark', 'en']])) {
    const page = await openPage(`lab.html?lab=uncrumple&lang=${lang}${LIGHT}`, { viewport: { width: 390, height: 900 }, colorScheme, reducedMotion: 'reduce' });
    await inFigure(page, (el) => el.step(10));
    assert.deepEqual(await axeViolations(page), [], `${colorScheme}, ${lang}`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is cut off');
    if (lang === 'fr') {
      const text = await inFigure(page, (el) => /** @type {HTMLElement} */ (el.renderRoot.querySelector('.plate')).innerText);
      for (const word of ['Suivre l’entraînement', 'Entrée', 'feuille un']) assert.ok(text.includes(word), word);
      assert.doesNotMatch(text, /labs\.|Show the|Input/);
    }
    await page.close();
  }
});
