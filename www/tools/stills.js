// Makes the still pictures, one a lab: what a page shows that lets no figure run. `node www/tools/stills.js [lab…]`, after a build.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WEBGL, acceptSlowWebgl, launchChromium, serveSite } from './browser.js';

const WWW = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = `${WWW}assets/stills`;
const WIDEST = 640;

/** Where a lab's picture is taken, as its link says it; the others stand where they begin. @type {Record<string, string>} */
const MOMENTS = {
  boundary: 'v=1&seed=5&at=600&dataset=spiral',
  digits: 'v=1&at=600&item=11',
  dream: 'v=1&at=56',
  filters: 'v=1&at=60&unit=3',
  imagenet: 'v=1&at=20',
  layers: 'v=1&at=1000&depth=4',
  topology: 'v=1&seed=4&at=600',
  uncrumple: 'v=1&seed=8',
};

/** Every lab that has a stage. */
const labs = () => readdirSync(`${WWW}labs`).filter((name) => name.endsWith('.js')).map((name) => basename(name, '.js'));

/**
 * A lab's stage, as the lab itself draws it.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} site
 * @param {string} lab
 * @returns {Promise<Buffer>}
 */
async function still(page, site, lab) {
  await page.goto(`${site}lab.html?lab=${lab}&theme=light&lang=en#${MOMENTS[lab] ?? ''}`);
  const base64 = await page.locator('uncrumple-lab').evaluate(async (/** @type {any} */ el, widest) => {
    await el.step(0); // measured to the end
    await document.fonts.ready;
    const picture = await createImageBitmap(await el.export('picture.png'));
    const scale = widest / Math.max(picture.width, picture.height);
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    ctx.imageSmoothingQuality = 'high';
    ctx.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL('image/webp', 0.8).replace(/^.*,/, '');
  }, WIDEST);
  return Buffer.from(base64, 'base64');
}

const wanted = process.argv.slice(2);
mkdirSync(FOLDER, { recursive: true });
const [site, browser] = await Promise.all([serveSite(), launchChromium({ args: WEBGL })]);
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
await acceptSlowWebgl(page);
for (const lab of wanted.length > 0 ? wanted : labs()) {
  const picture = await still(page, site.url, lab);
  writeFileSync(`${FOLDER}/${lab}.webp`, picture);
  process.stdout.write(`assets/stills/${lab}.webp: ${picture.length} bytes\n`);
}
await browser.close();
await site.close();
