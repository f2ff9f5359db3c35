// Way 2: the element on somebody else's page, under that page's styles and policy.
import assert from 'node:assert/strict';
import test from 'node:test';
import { openHost } from './host.mjs';
import { frames, inFigure, openLab, until } from './stand.mjs';

/** @typedef {import('./stand.mjs').Page} Page */

const FIGURE = '<uncrumple-lab lab="boundary" seed="5" knobs="layers=4,4" hide="network,charts"></uncrumple-lab>';
/** What the documentation asks of a strict page; fonts, the frame and the picture are optional. */
const POLICY = "default-src 'none'; script-src {{site}} 'wasm-unsafe-eval'; worker-src blob:; connect-src {{site}}";
const FAR = '<div class="far"></div>';
const ROOM = '<style>.far { height: 4000px; }</style>';

/** @param {Page} page @param {(el: any, arg: any) => any} work @param {unknown} [arg] @returns {Promise<any>} */
const shell = (page, work, arg) => inFigure(page, /** @type {any} */ (work), arg);

/** Hash after so many steps, with how it is shown. @param {Page} page @param {number} steps */
const hashAfter = (page, steps) => shell(page, async (el, n) => (await el.step(n), [el.shown, await el.hash()]), steps);

/** The same on our own page. @param {number} steps */
async function wantedHash(steps) {
  const page = await openLab('#seed=5&layers=4,4');
  return inFigure(page, async (el, n) => (await el.step(n), el.hash()), steps);
}

test('three figures on one page, each with a worker of its own, none of them ours by origin; a removed one frees its worker', async () => {
  const page = await openHost('element.html', { fill: { body: FIGURE.repeat(3) } });
  const answers = await page.evaluate(async () => {
    const all = /** @type {any[]} */ ([...document.querySelectorAll('uncrumple-lab')]);
    await all[1].reset({ seed: 6 });
    await Promise.all(all.map((el) => el.step(60)));
    return Promise.all(all.map((el) => el.hash()));
  });
  const wanted = await wantedHash(60);
  assert.deepEqual([answers[0], answers[2]], [wanted, wanted]);
  assert.notEqual(answers[1], wanted);
  assert.equal(await page.evaluate(() => spy.wasm), 0, 'no wasm on the main thread');
  assert.ok(await page.evaluate(() => spy.workers.length === 3 && spy.workers.every(({ url, ended }) => url.startsWith('blob:') && !ended)));
  await page.evaluate(() => document.querySelectorAll('uncrumple-lab')[1].remove());
  assert.deepEqual((await page.evaluate(() => spy.workers.map(({ ended }) => ended))).sort(), [false, false, true]);
  // One sheet of faces for all of them.
  assert.equal(await page.evaluate(() => document.adoptedStyleSheets.length), 1);
  await page.waitForFunction(() => document.fonts.check('16px "Uncrumple Sans"'));
});

test('a page with ten figures loads a few kilobytes until one is near, and then one engine; those out of view do no work', async (t) => {
  /** @type {string[]} */
  const asked = [];
  const page = await openHost('element.html', { fill: { head: ROOM, body: `${FAR}${(FIGURE + FAR).repeat(10)}` } });
  page.on('request', (request) => asked.push(request.url()));
  await page.reload();
  await page.evaluate(() => customElements.whenDefined('uncrumple-lab'));
  await frames(page, 30);
  const scripts = asked.filter((url) => url.includes('127.0.0.1'));
  assert.deepEqual(scripts.map((url) => url.replace(/^.*\/|-[\w-]{8}(?=\.js)/g, '')).sort(), ['embed.js', 'preload-helper.js']);
  const bytes = await page.evaluate(async (urls) => (await Promise.all(urls.map((url) => fetch(url).then((r) => r.text())))).join('').length, scripts);
  t.diagnostic(`the loader is ${bytes} bytes before compression`);
  assert.ok(bytes < 8000, `${bytes} bytes`);
  assert.equal(await page.evaluate(() => spy.workers.length), 0);

  await page.evaluate(() => document.querySelectorAll('uncrumple-lab')[4].scrollIntoView());
  await page.waitForFunction(() => spy.workers.length === 1);
  const ticks = () => page.evaluate(() => spy.workers[0].asked.tick ?? 0);
  await page.evaluate(() => {
    const el = /** @type {any} */ (document.querySelectorAll('uncrumple-lab')[4]);
    return el.ready.then(() => el.play());
  });
  await page.waitForFunction(() => spy.workers[0].asked.tick > 20);
  assert.equal(asked.filter((url) => url.endsWith('.wasm')).length, 1);
  assert.equal(await page.evaluate(() => spy.workers.length), 1, 'the nine others have none');

  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const busy = async () => {
    const read = async () => new Map((await session.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value])).get('TaskDuration') ?? 0;
    const before = await read();
    await page.waitForTimeout(1000);
    return Math.round(((await read()) - before) * 100);
  };
  const playing = await busy();
  await page.evaluate(() => scrollTo(0, 0));
  for (let before = -1; before !== (await ticks()); ) {
    before = await ticks();
    await frames(page, 20);
  }
  const before = await ticks();
  const away = await busy();
  await frames(page, 30);
  assert.equal(await ticks(), before, 'out of view, not one tick');
  t.diagnostic(`main thread: ${playing} % busy while it plays, ${away} % with the figure out of view (reported, not held)`);
});

test('hostile styles do not reach inside: it looks as it does on a page without any', async () => {
  const look = (/** @type {Page} */ page) =>
    shell(page, async (el) => {
      await el.step(40);
      await document.fonts.ready;
      const root = el.shadowRoot.firstElementChild.shadowRoot;
      const box = (/** @type {string} */ which) => {
        const node = root.querySelector(which);
        const { width, height } = node.getBoundingClientRect();
        const { fontSize, fontFamily, color, letterSpacing, textTransform, lineHeight, display, visibility } = getComputedStyle(node);
        return [which, width, height, fontSize, fontFamily, color, letterSpacing, textTransform, lineHeight, display, visibility];
      };
      return ['.plate-in', '.head .h', '#stage canvas', '.time .play', '.read .n', '.minor dt', '.controls summary', '.credit a'].map(box);
    });
  const column = '<div style="width:600px">' + FIGURE + '</div>';
  const plain = await look(await openHost('element.html', { fill: { head: '<style>body { margin: 0 }</style>', body: column } }));
  const page = await openHost('element.html', {
    fill: {
      html: 'data-theme="dark"',
      head: `<style>
* { all: unset !important; font: 900 42px/3 fantasy !important; color: red !important; letter-spacing: 0.5em !important; text-transform: uppercase !important; visibility: hidden; word-spacing: 1em; }
html { font-size: 40px !important; --paper: lime; --accent: lime; --step--1: 5rem; --sans: fantasy; }
div { display: block !important; width: 600px !important; }
head, style, script { display: none !important; }
canvas, button, svg, p { width: 7px !important; display: none !important; border: 9px solid red !important; }
</style>`,
      body: column,
    },
  });
  const hostile = await look(page);
  // The page can place the element, not style what is in it.
  assert.deepEqual(hostile, plain);
  assert.match(await shell(page, (el) => getComputedStyle(el.shadowRoot.firstElementChild).backgroundColor), /251, 252, 252/);
});

test('language and theme are those of the place it stands in, and of its own attributes', async () => {
  const page = await openHost('element.html', { fill: { body: `<div lang="fr">${FIGURE.replace('<uncrumple-lab', '<uncrumple-lab data-theme="dark"')}</div>` } });
  await shell(page, (el) => el.ready);
  await page.getByRole('button', { name: 'Lancer' }).or(page.getByRole('button', { name: 'Entraîner' })).first().waitFor();
  const paper = () => shell(page, (el) => getComputedStyle(el.shadowRoot.firstElementChild).getPropertyValue('--paper').trim());
  assert.equal(await paper(), '#14181b');
  await shell(page, (el) => el.setAttribute('data-theme', 'light'));
  assert.equal(await paper(), '#fbfcfc');
});

test('an unknown lab is told where it stands, and no other lab is shown in its place', async () => {
  const page = await openHost('element.html', { fill: { body: '<uncrumple-lab lab="nothing"></uncrumple-lab>' } });
  const code = await shell(page, (el) => el.ready.then(() => 'ready', (/** @type {any} */ error) => error.code));
  assert.equal(code, 'unknown-lab');
  await page.getByRole('alert').getByText('There is no figure called “nothing”.').waitFor();
  assert.equal(await shell(page, (el) => el.shown), 'figure');
});

test('events and read-outs reach a script of the page; what the engine refuses rejects', async () => {
  const page = await openHost('element.html', { fill: { body: FIGURE } });
  const told = await shell(page, async (el) => {
    /** @type {string[]} */
    const types = [];
    for (const type of ['frame', 'state', 'result', 'error']) el.addEventListener(type, () => types.includes(type) || types.push(type));
    await el.set('dataset', 'circle');
    await el.step(300);
    const refusal = await el.set('dataset', 'nonsense').then(() => '', (/** @type {any} */ error) => error.code);
    const { dims } = await el.channel('points');
    return { types: types.sort(), accuracy: el.readouts.testAccuracy, state: el.state, refusal, columns: dims[1], size: (await el.export('picture.png')).size > 1000 };
  });
  assert.ok(told.accuracy > 0.8, String(told.accuracy));
  assert.deepEqual([told.types, told.refusal, told.columns, told.size], [['frame', 'result', 'state'], 'choice', 4, true]);
  assert.deepEqual([told.state.seed, told.state.at, told.state.knobs.dataset], [5, 300, 'circle']);
});

test('under the documented policy of a strict page it trains to the same hash, and nothing it does is refused', async () => {
  const page = await openHost('element.html', { policy: `${POLICY}; font-src {{site}}; img-src data:`, fill: { body: FIGURE } }); // `data:` is the page's own icon
  assert.deepEqual(await hashAfter(page, 60), ['figure', await wantedHash(60)]);
  await page.getByRole('button', { name: 'Play' }).click();
  await page.waitForFunction(() => spy.workers[0].asked.tick > 30);
  // Controls and menu draw themselves without a style attribute, too.
  await page.getByLabel('Share and save').click();
  await page.getByRole('slider', { name: 'Rate' }).focus();
  await page.keyboard.press('ArrowRight');
  assert.deepEqual(await page.evaluate(() => spy.violations), []);
});

for (const [what, policy] of /** @type {const} */ ([
  ['its worker', "default-src 'none'; script-src {{site}} 'wasm-unsafe-eval'; worker-src 'none'; connect-src {{site}}; frame-src {{site}}"],
  ['its wasm', "default-src 'none'; script-src {{site}}; worker-src blob:; connect-src {{site}}; frame-src {{site}}"],
  ['the address of a worker (Trusted Types)', "script-src {{site}} 'wasm-unsafe-eval'; require-trusted-types-for 'script'; trusted-types lit-html"],
])) {
  test(`where the page refuses ${what}, a frame with the figure takes its place, and its script interface goes on`, async () => {
    const page = await openHost('element.html', { policy, allow: [/./], fill: { body: FIGURE } });
    const told = await shell(page, async (el) => {
      await el.ready;
      await el.step(30);
      await el.seek(10);
      await el.reset({ seed: 8 });
      await el.set('epsilon', 0.2);
      await el.step(25);
      el.play();
      return { shown: el.shown, state: el.state, hash: await el.hash().then(() => '', (/** @type {any} */ error) => error.code), tooMuch: await el.seek(-1).then(() => '', (/** @type {any} */ error) => error.code) };
    });
    assert.deepEqual([told.shown, told.state.seed, told.state.step, told.hash, told.tooMuch], ['frame', 8, 25, 'framed', 'command']);
    const frame = page.frames()[1];
    await until(page, (el) => /** @type {any} */ (el).state.playing === 1);
    assert.equal(await frame.locator('uncrumple-lab').evaluate((/** @type {any} */ el) => el.run?.config.layers), '4,4');
    assert.equal(await shell(page, (el) => el.shadowRoot.querySelector('iframe').clientHeight), await frame.evaluate(() => Math.ceil(document.querySelector('main')?.getBoundingClientRect().height ?? 0)));
  });
}

for (const [what, policy] of /** @type {const} */ ([
  ['frames, too', "default-src 'none'; script-src {{site}}; connect-src {{site}}; img-src {{site}}"],
  ['frames and pictures, too', "default-src 'none'; script-src {{site}}"],
])) {
  test(`where the page refuses ${what}, there is the still picture with a link`, async () => {
    const page = await openHost('element.html', { policy, allow: [/./], fill: { body: FIGURE } });
    const code = await shell(page, (el) => el.step(1).then(() => '', (/** @type {any} */ error) => error.code));
    assert.equal(code, 'refused');
    assert.equal(await shell(page, (el) => el.shown), 'still');
    const link = page.getByRole('link', { name: 'Run it at Uncrumple' });
    assert.match((await link.getAttribute('href')) ?? '', /lab\.html\?lab=boundary#seed=5&layers=4,4$/);
    const picture = page.getByRole('img', { name: 'A boundary' });
    if (policy.includes('img-src')) {
      assert.ok(await picture.evaluate((img) => /** @type {HTMLImageElement} */ (img).decode().then(() => true)));
      const { width, height } = (await picture.boundingBox()) ?? { width: 0, height: 1 };
      assert.equal(width, height, 'undistorted');
    } else {
      await picture.waitFor({ state: 'detached' });
    }
  });
}

test('a still picture offers to try again, and where the figure may run by then it does', async () => {
  const page = await openHost('element.html', { policy: `${POLICY}; frame-src 'none'`, allow: [/./], fill: { body: FIGURE } });
  let cut = true;
  await page.context().route('**/*.wasm', (route) => (cut ? route.abort() : route.continue()));
  assert.equal(await shell(page, (el) => el.ready.then(() => '', (/** @type {any} */ error) => error.code)), 'refused');
  cut = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  assert.deepEqual(await hashAfter(page, 60), ['figure', await wantedHash(60)]);
});
