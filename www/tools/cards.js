// Draws www/public/og/<lab>.png, the picture other sites show beside a link to a lab: its name, and its stage after some training.
//   ./build.sh && node www/tools/cards.js [lab…]
import { writeFileSync } from 'node:fs';
import { WEBGL, acceptSlowWebgl, launchChromium } from './browser.js';
import { indexedPng } from './png.js';
import { CARD, LABS, english } from './share.js';
import { serveSite } from './site.js';

/** Far enough for a stage to have something to show; what does not train is done sooner. @type {Record<string, string>} */
const MOMENTS = { dream: 'at=56&size=160', filters: 'at=60&layer=digits.conv2', imagenet: 'at=20' };
const TRAINED = 'at=600';
const COLOURS = 48;
/** A photograph needs more of them. @type {Record<string, number>} */
const MORE_COLOURS = { dream: 160, imagenet: 160 };
const { t } = english();
const asked = process.argv.slice(2);

const [site, browser] = await Promise.all([serveSite(), launchChromium({ args: WEBGL })]);
try {
  for (const lab of asked.length > 0 ? asked : LABS) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, serviceWorkers: 'block' });
    await acceptSlowWebgl(page);
    await page.goto(`${site.url}lab.html?lab=${lab}#v=1&${MOMENTS[lab] ?? TRAINED}`);
    const card = await page.evaluate(draw, { ...CARD, title: t(`lab.${lab}.heading`), name: t('page.name') });
    const file = new URL(`../public/og/${lab}.png`, import.meta.url);
    const png = indexedPng(Buffer.from(card, 'base64'), CARD.width, CARD.height, MORE_COLOURS[lab] ?? COLOURS);
    writeFileSync(file, png);
    process.stdout.write(`  og/${lab}.png ${(png.length / 1000).toFixed(1)} KB\n`);
    await page.close();
  }
} finally {
  await browser.close();
  await site.close();
}

/**
 * Runs in the lab's page: the same fonts, colours and stage.
 *
 * @param {{ width: number, height: number, title: string, name: string }} card
 * @returns {Promise<string>} its pixels, base64
 */
async function draw({ width, height, title, name }) {
  const figure = /** @type {import('../element/uncrumple-lab.js').UncrumpleLab} */ (document.querySelector('uncrumple-lab'));
  await figure.ready;
  await figure.step(0);
  await Promise.all(['380 64px "Uncrumple Serif"', '600 30px "Uncrumple Sans"'].map((font) => document.fonts.load(font)));
  const stage = await createImageBitmap(await figure.export('picture.png'));
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const { paper, ink, accent } = figure.palette;
  ctx.fillStyle = paper;
  ctx.fillRect(0, 0, width, height);
  // The stage is a square at the right; whatever its own shape, its middle is shown.
  const side = Math.min(stage.width, stage.height);
  ctx.drawImage(stage, (stage.width - side) / 2, (stage.height - side) / 2, side, side, width - height, 0, height, height);
  ctx.fillStyle = ink;
  ctx.fillRect(64, 64, width - height - 128, 4);
  ctx.font = '380 64px "Uncrumple Serif"';
  ctx.letterSpacing = '-1px';
  let y = 160;
  let line = '';
  const room = width - height - 128;
  for (const word of [...title.split(' '), '']) {
    const longer = line ? `${line} ${word}` : word;
    if (word && ctx.measureText(longer).width <= room) {
      line = longer;
      continue;
    }
    ctx.fillText(line, 62, y);
    y += 74;
    line = word;
  }
  ctx.font = '600 30px "Uncrumple Sans"';
  ctx.letterSpacing = '0px';
  ctx.fillStyle = accent;
  ctx.fillText(name, 64, height - 64);
  const { data } = ctx.getImageData(0, 0, width, height);
  const blob = new Blob([data]);
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',')[1]);
    reader.readAsDataURL(blob);
  });
}
