// The npm package as a stranger meets it: installed from the tarball into an empty project, off line, and used both ways.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test, { after, before } from 'node:test';
import { launchChromium, watchForTrouble } from '../../www/tools/browser.js';
import { newProject } from '../../www/tools/consumer.js';

/** What a thousand steps of the default lab hash to natively, and everywhere else. */
const HASH = /^labs: boundary (\w+)$/m.exec(readFileSync(new URL('../portable/bits.txt', import.meta.url), 'utf8'))?.[1];

const FILES = {
  'package.json': '{ "name": "stranger", "private": true, "type": "module" }',
  'train.mjs': `
    import { readFileSync } from 'node:fs';
    import { gunzipSync } from 'node:zlib';
    import { Lab } from 'uncrumple';
    const lab = new Lab('boundary', undefined, 1);
    lab.step(1000);
    const file = lab.export('network.safetensors');
    const other = new Lab('boundary', { layers: '3' }, 2);
    other.load('network.safetensors', file);
    const same = Buffer.compare(Buffer.from(file), Buffer.from(other.export('network.safetensors'))) === 0;
    let refused;
    try { lab.set('rate', 1e9); } catch (error) { refused = [error.name, error.code, error.data.max]; }
    const digits = new Lab('digits', { network: 'logistic' }, 1);
    try { digits.step(1); } catch (error) { refused.push(error.code); }
    for (const name of digits.about().ships ?? []) digits.supply(name, gunzipSync(readFileSync(new URL(import.meta.resolve(\`uncrumple/\${name}.gz\`)))));
    digits.step(20);
    const again = digits.another({ network: 'logistic' }, 1);
    again.step(20);
    console.log(JSON.stringify({ ids: Lab.ids(), hash: lab.hash(), same, refused, learnt: again.steps() }));`,
  'index.html': `<!doctype html>
    <html lang="en"><head><meta charset="utf-8" /><link rel="icon" href="data:," />
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:" />
    <title>A stranger’s page</title><script type="module" src="./main.js"></script></head>
    <body><uncrumple-lab lab="boundary" seed="1"></uncrumple-lab></body></html>`,
  'main.js': `import { UncrumpleLab } from 'uncrumple';
    document.title = String(document.querySelector('uncrumple-lab') instanceof UncrumpleLab);`,
  'page.ts': `import 'uncrumple';
    import { LabError, type About, type KnobValue } from 'uncrumple/element';
    const figure = document.createElement('uncrumple-lab');
    figure.addEventListener('result', ({ detail }) => detail.readouts.testAccuracy.toFixed(2));
    figure.addEventListener('click', (event: Event) => event.preventDefault());
    export async function train(value: KnobValue): Promise<string> {
      await figure.ready;
      await figure.set('layers', value);
      await figure.step(10);
      const about: About = figure.about;
      const { dims, data } = await figure.channel('points');
      const error: unknown = await figure.seek(-1).catch((thrown: unknown) => thrown);
      if (error instanceof LabError) return error.code;
      // @ts-expect-error: there is no such deed
      figure.fly();
      return about.id + dims[0] + data[0] + figure.style.color;
    }`,
  'engine.ts': `import { Lab, type Config } from 'uncrumple';
    const config: Config = { layers: '8,8', count: 100, rate: 0.1 };
    const lab = new Lab('boundary', config, 7);
    export const done: number = lab.step(10);
    export const dataset = lab.about().knobs.find(({ id }) => id === 'dataset')?.default;
    export const file: Uint8Array = lab.export('network.onnx');
    // @ts-expect-error: a seed is a number
    new Lab('boundary', {}, '7');`,
};
const STRICT = ['--noEmit', '--strict', '--target', 'es2022', '--types', '', '--lib', 'es2022,esnext.disposable,dom,dom.iterable'];

/** @type {ReturnType<typeof newProject>} */
let project;
before(() => {
  project = newProject(FILES);
});
after(() => project?.remove());

test('it installs off line, alone, and says what it is', () => {
  const { packages } = JSON.parse(readFileSync(`${project.folder}/package-lock.json`, 'utf8'));
  assert.deepEqual(Object.keys(packages).filter(Boolean), ['node_modules/uncrumple']);
  const installed = JSON.parse(readFileSync(`${project.folder}/node_modules/uncrumple/package.json`, 'utf8'));
  const cargo = readFileSync(new URL('../../Cargo.toml', import.meta.url), 'utf8');
  assert.equal(installed.version, /^version = "(.*)"$/m.exec(cargo)?.[1]);
  assert.match(readFileSync(`${project.folder}/node_modules/uncrumple/THIRD-PARTY.md`, 'utf8'), /## lit\n[^]*## d3-|## d3-[^]*## lit\n/);
});

test('in Node a thousand steps have the hash of every other target, and a network opens as it was saved', () => {
  const { ids, hash, same, refused, learnt } = JSON.parse(project.run(process.execPath, 'train.mjs'));
  assert.ok(ids.includes('boundary'));
  assert.equal(hash, HASH);
  assert.equal(same, true);
  assert.deepEqual(refused, ['LabError', 'parameter', 10, 'not-supplied'], 'without its files a lab does not step');
  assert.equal(learnt, 20, 'what was supplied goes along to the next run');
});

test('TypeScript knows the element through a bundler and the class in Node', () => {
  assert.equal(project.tsc(...STRICT, '--module', 'esnext', '--moduleResolution', 'bundler', 'page.ts'), '');
  assert.equal(project.tsc(...STRICT, '--module', 'nodenext', '--moduleResolution', 'nodenext', 'engine.ts'), '');
});

test('built with Vite and served under a strict policy, the element trains to that hash', async () => {
  const [site, browser] = await Promise.all([project.serve(), launchChromium()]);
  try {
    const page = await browser.newPage();
    const trouble = watchForTrouble(page, site.url);
    await page.goto(site.url);
    const hash = await page.locator('uncrumple-lab').evaluate(async (element) => {
      const figure = /** @type {import('../../www/package/types.js').Figure} */ (/** @type {unknown} */ (element));
      await customElements.whenDefined('uncrumple-lab');
      await figure.ready;
      await figure.step(1000);
      return figure.hash();
    });
    assert.equal(hash, HASH);
    // It brings its own colours and sizes: there are no others here.
    const colours = await page.locator('uncrumple-lab').evaluate((figure) => {
      const canvas = /** @type {ShadowRoot} */ (figure.shadowRoot).querySelector('.stage canvas');
      const small = Object.assign(document.createElement('canvas'), { width: 24, height: 24 });
      const ctx = /** @type {CanvasRenderingContext2D} */ (small.getContext('2d'));
      ctx.drawImage(/** @type {HTMLCanvasElement} */ (canvas), 0, 0, 24, 24);
      return new Set(new Uint32Array(ctx.getImageData(0, 0, 24, 24).data.buffer)).size;
    });
    assert.ok(colours > 12, `its stage shows ${colours} colours`);
    assert.equal(await page.getByTitle('Share and save').evaluate((button) => button.getBoundingClientRect().height), 44);
    // A lab with files of its own finds them where the bundler has put them.
    const pixels = await page.locator('uncrumple-lab').evaluate(async (element) => {
      const figure = /** @type {import('../../www/package/types.js').Figure} */ (/** @type {unknown} */ (element));
      figure.lab = 'digits';
      await /** @type {any} */ (element).updateComplete;
      await figure.ready;
      return (await figure.channel('shown')).dims[1];
    });
    assert.equal(pixels, 784);
    assert.equal(await page.title(), 'true', 'what is imported is what is on the page');
    assert.equal(await page.getByRole('button', { name: 'Copy link to this moment' }).count(), 0, 'there is no page to link to');
    assert.deepEqual(trouble, []);
  } finally {
    await browser.close();
    await site.close();
  }
});
