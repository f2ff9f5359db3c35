// A Vite plugin: what other sites show of a lab. Writes oembed/<lab>.json, and with SITE_URL set makes the addresses absolute
// that other machines read: the pages' own are relative, so a site can stand in any folder.
import { readFileSync, readdirSync } from 'node:fs';
import { words } from '../lib/i18n.js';

const WWW = new URL('../', import.meta.url);
/** Wide enough for a stage beside its read-outs. The frame says its own height once it is there. */
const SIZE = { width: 720, height: 1080 };
/** The size that cards are shown at. */
export const CARD = { width: 1200, height: 630 };

/** Every lab that has a stage. */
export const LABS = readdirSync(new URL('labs/', WWW)).flatMap((name) => /^([\w-]+)\.js$/.exec(name)?.[1] ?? []);

/** @returns {import('../lib/i18n.js').Words} */
export const english = () => words('en', JSON.parse(readFileSync(new URL('locales/en.json', WWW), 'utf8')));

/** What oEmbed says of a lab (oembed.com, version 1.0). @param {string} lab @param {string} [site] where it stands, ending with a slash */
export function oembed(lab, site = '../') {
  const title = english().t('lab.title', { lab: english().t(`lab.${lab}.heading`) });
  return {
    version: '1.0',
    type: 'rich',
    title,
    provider_name: 'Uncrumple',
    provider_url: `${site}index.html`,
    ...SIZE,
    html: `<iframe src="${site}embed.html?lab=${lab}" width="${SIZE.width}" height="${SIZE.height}" title="${title}" loading="lazy" sandbox="allow-scripts"></iframe>`,
    thumbnail_url: `${site}og/${lab}.png`,
    thumbnail_width: CARD.width,
    thumbnail_height: CARD.height,
  };
}

/** @returns {import('vite').Plugin} */
export function share() {
  const site = process.env.SITE_URL?.replace(/\/*$/, '/');
  return {
    name: 'share',
    apply: 'build',
    transformIndexHtml: { order: 'post', handler: (html) => (site ? html.replaceAll(/"\.\/((?:og|oembed)\/[^"]*)"/g, `"${site}$1"`) : html) },
    generateBundle() {
      for (const lab of LABS) {
        this.emitFile({ type: 'asset', fileName: `oembed/${lab}.json`, source: JSON.stringify(oembed(lab, site)) });
      }
    },
  };
}
