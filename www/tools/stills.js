// Makes the still pictures, one a lab: what a page shows that lets no figure run. `node www/tools/stills.js [lab…]`, after a build.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchChromium, serveSite } from './browser.js';

const WWW = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = `${WWW}assets/stills`;
const SIDE = 720;

/** Where a lab's picture is taken, as its link says it; the others stand where they begin. @type {Record<string, string>} */
export const MOMENTS = { boundary: 'v=1&seed=5&at=600&dataset=spiral&layers=8,8' };

/** Every lab that has a stage. */
export const labs = () => readdirSync(`${WWW}labs`).filter((name) => name.endsWith('.js')).map((name) => basename(name, '.js'));

/**
 * A lab's stage, drawn by the lab itself, on a square or, with bands of paper beside it, in another shape.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} site
 * @param {string} lab
 * @param {{ width?: number, height?: number, type?: string, quality?: number }} [options]
 * @returns {Promise<Buffer>}
 */
export async function still(page, site, lab, { width = SIDE, height = SIDE, type = 'image/webp', quality = 0.86 } = {}) {
  await page.goto(`${site}lab.html?lab=${lab}&theme=light&lang=en#${MOMENTS[lab] ?? ''}`);
  const base64 = await page.locator('uncrumple-lab').evaluate(
    async (/** @type {any} */ el, options) => {
      await el.step(0); // measured to the end
      await document.fonts.ready;
      const picture = await createImageBitmap(await el.export('picture.png'));
      const canvas = document.createElement('canvas');
      Object.assign(canvas, { width: options.width, height: options.height });
      const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
      ctx.fillStyle = el.palette.paper;
      ctx.fillRect(0, 0, canvas.width, canvas.height);
      ctx.imageSmoothingQuality = 'high';
      const scale = Math.min(canvas.width / picture.width, canvas.height / picture.height);
      const [w, h] = [picture.width * scale, picture.height * scale];
      ctx.drawImage(picture, (canvas.width - w) / 2, (canvas.height - h) / 2, w, h);
      return canvas.toDataURL(options.type, options.quality).replace(/^.*,/, '');
    },
    { width, height, type, quality },
  );
  return Buffer.from(base64, 'base64');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = process.argv.slice(2);
  mkdirSync(FOLDER, { recursive: true });
  const [site, browser] = await Promise.all([serveSite(), launchChromium()]);
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  for (const lab of wanted.length > 0 ? wanted : labs()) {
    const picture = await still(page, site.url, lab);
    writeFileSync(`${FOLDER}/${lab}.webp`, picture);
    process.stdout.write(`assets/stills/${lab}.webp: ${picture.length} bytes\n`);
  }
  await browser.close();
  await site.close();
}
