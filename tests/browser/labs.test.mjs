// What every lab owes to links, to other people's pages and to readers of French, tried on every lab there is.
import assert from 'node:assert/strict';
import test from 'node:test';
import { LABS } from '../../www/tools/share.js';
import { openHost } from './host.mjs';
import { inFigure, openLab, openPage, until } from './stand.mjs';

/** @typedef {import('./stand.mjs').Page} Page */

/** Steps: enough for weights to have moved, few enough for every lab. */
const STEPS = 24;

for (const lab of LABS) {
  test(`${lab}: any step is gone back to, and a link brings the same numbers`, async () => {
    const page = await openLab('#v=1&seed=5', undefined, lab);
    const { there, back, on, link } = await inFigure(page, async (el, steps) => {
      await el.step(steps / 2);
      const there = await el.hash();
      await el.step(steps / 2);
      const on = await el.hash();
      await el.seek(steps / 2);
      const back = await el.hash();
      await el.seek(steps);
      return { there, back, on: [on, await el.hash()], link: el.link };
    }, STEPS);
    assert.equal(back, there, 'back');
    assert.equal(on[1], on[0], 'and forth');
    assert.notEqual(on[0], there, 'a step is seen');
    assert.equal(link, `v=1&seed=5&at=${STEPS}`);
    assert.equal(await inFigure(await openLab(`#${link}`, undefined, lab), (el) => el.hash()), on[0], 'by its link');
  });

  test(`${lab}: its network, if it has one to save, opens in another figure with what makes it`, async () => {
    /** @type {Record<string, Record<string, number | string>>} */
    const sizes = { topology: { width: 5, depth: 2 }, digits: {}, imagenet: {} };
    const size = sizes[lab] ?? { layers: '7,5' };
    const page = await openLab('#v=1&seed=5', undefined, lab);
    const file = await inFigure(page, async (el, knobs) => {
      if (!el.about.exports.includes('network.safetensors')) return undefined;
      for (const [knob, value] of Object.entries(knobs)) await el.set(knob, value);
      await el.step(10);
      return Array.from(new Uint8Array(await (await el.export('network.safetensors')).arrayBuffer()));
    }, size);
    if (!file) return;
    const other = await openLab('', undefined, lab);
    await inFigure(other, (el) => el.step(6));
    await other.getByLabel('Share and save').click();
    const [chooser] = await Promise.all([other.waitForEvent('filechooser'), other.getByRole('button', { name: 'Open a network' }).click()]);
    await chooser.setFiles({ name: 'network.safetensors', mimeType: 'application/octet-stream', buffer: Buffer.from(file) });
    await other.getByText('The network was opened').waitFor();
    const found = await inFigure(other, async (el, knobs) => {
      await el.step(4);
      return { step: el.readouts.step, set: Object.keys(knobs).map((knob) => el.value(knob)), link: el.link, hash: await el.hash() };
    }, size);
    assert.deepEqual([found.step, found.set], [10, Object.values(size)]);
    // Where it is small enough for a link, the link holds it.
    if (found.link.includes('did=')) assert.equal(await inFigure(await openLab(`#${found.link}`, undefined, lab), (el) => el.hash()), found.hash);
    else assert.ok(file.length > 4_000, `${file.length} bytes`);
  });

  test(`${lab}: what looks like a heading is one, below the figure's title, no level left out`, async () => {
    const page = await openLab('', undefined, lab);
    await inFigure(page, (el) => el.step(2));
    await inFigure(page, (el) => el.step(0));
    await until(page, (el) => [...el.renderRoot.querySelectorAll('.charts [role="heading"], .net [role="heading"]')].every((one) => one.textContent !== ''));
    const { levels, loose } = await inFigure(page, (el) => {
      const all = /** @type {HTMLElement[]} */ ([...el.renderRoot.querySelectorAll('[role="heading"]')]);
      const loose = [...el.renderRoot.querySelectorAll('p.sub, [class$="-head"], [class$="-title"]')].filter((one) => !one.closest('[role="heading"], legend, [aria-hidden]') && !one.id && one.tagName !== 'SPAN');
      return { levels: all.map((one) => Number(one.ariaLevel)), loose: loose.map((one) => one.outerHTML.slice(0, 90)) };
    });
    assert.deepEqual(loose, []);
    assert.equal(levels[0], 2, 'the title, as the page has it');
    levels.slice(1).forEach((level, i) => assert.ok(level > 2 && level <= levels[i] + 1, levels.join()));
  });

  test(`${lab}: what is wrong in a link is told, in French too, and the figure works`, async () => {
    const page = await openPage(`lab.html?lab=${lab}&lang=fr#v=1&nonsense=1&seed=5&at=3`);
    await page.locator('.notices').getByText('réglage').first().waitFor();
    await until(page, (el) => el.run?.step === 3 && el.run.seed === 5);
    assert.equal(await inFigure(page, async (el) => (await el.step(2), el.run?.step)), 5);
    const words = await page.evaluate(() => `${document.title} ${document.body.innerText} ${document.querySelector('uncrumple-lab')?.shadowRoot?.querySelector('.plate')?.textContent}`);
    assert.doesNotMatch(words, /\blabs?\.[a-z]+\.|\{\w+\}/, 'every word is there');
  });

  test(`${lab}: a sandboxed frame on another site trains to the same hash, and is as high as what is in it`, async () => {
    const wanted = await inFigure(await openLab('#v=1&seed=5', undefined, lab), async (el, steps) => (await el.step(steps), el.hash()), STEPS);
    const page = await openHost('frame.html', { fill: { lab, sandbox: 'sandbox="allow-scripts"', rest: '#v=1&seed=5' }, viewport: { width: 700, height: 900 } });
    const host = (/** @type {string} */ script) => /** @type {Promise<any>} */ (page.evaluate(`(async () => (${script}))()`));
    await host(`until('hello')`); // a heavy one is ready only once it was asked for something
    const done = await host(`ask({ type: 'step', steps: ${STEPS} })`);
    assert.deepEqual([done.type, done.seed, done.step], ['done', 5, STEPS]);
    const frame = page.frames()[1];
    assert.equal(await frame.evaluate(() => self.origin), 'null');
    assert.equal(await frame.locator('uncrumple-lab').evaluate((/** @type {any} */ el) => el.hash()), wanted);
    await frame.waitForFunction(() => innerHeight === Math.ceil(document.querySelector('main')?.getBoundingClientRect().height ?? 0));
    const { readouts } = await host(`until('result')`);
    assert.ok(Object.keys(readouts).length > 2 && !Object.keys(readouts).some((name) => /[XYZ]$/.test(name)), Object.keys(readouts).join());
  });
}
