/** The last resort: the figure's picture, and a link to where it runs. */
import { labAddress } from '../element/embed-code.js';
import { LABS } from '../element/labs.js';
import { locale } from '../element/locale.js';
import { LabError } from '../worker/protocol.js';
import { languageOf } from './language.js';
import { inPixels } from './rewrite.js';
import { tokens } from './sheets.js';

/** @typedef {import('./shell.js').Content} Content */

/** Made by tools/stills.js. @type {Record<string, string>} */
const PICTURES = import.meta.glob('../assets/stills/*.webp', { query: '?url', import: 'default', eager: true });

const sheet = new CSSStyleSheet();
sheet.replaceSync(
  inPixels(`${tokens}
:host { all: initial; direction: ltr; display: block; background: var(--paper); padding: 0.75rem; border-block-start: 2px solid var(--ink);
  font: 400 0.9375rem/1.35 var(--sans); color: var(--ink); }
img { display: block; width: 100%; max-width: 36rem; height: auto; border: 1px solid var(--edge); border-radius: 3px; }
p { margin: 0.75rem 0 0; color: var(--ink-2); }
a, button { color: var(--accent); font: inherit; min-height: 2.75rem; display: inline-flex; align-items: center; text-underline-offset: 0.18em; }
a { margin-inline-end: 1.5rem; }
button { background: none; border: 0; padding: 0; cursor: pointer; text-decoration: underline; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }`),
);

/** @param {HTMLElement} host @param {() => void} again @returns {Promise<Content>} */
export async function still(host, again) {
  const { t, lang } = await locale(languageOf(host));
  const lab = host.getAttribute('lab') ?? '';
  const title = LABS.includes(lab) ? t(`labs.${lab}.title`) : lab;
  const node = document.createElement('div');
  node.dataset.shown = 'still';
  node.lang = lang;
  const theme = host.dataset.theme;
  if (theme) node.dataset.theme = theme;
  const root = node.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet];

  const address = PICTURES[`../assets/stills/${lab}.webp`];
  if (address) {
    const picture = document.createElement('img');
    picture.alt = t('embed.still.alt', { title });
    picture.addEventListener('error', () => picture.remove()); // refused, too: the words and the link stand alone
    picture.src = address;
    root.append(picture);
  }
  const why = document.createElement('p');
  why.textContent = t('embed.still.why', { title });
  const ways = document.createElement('p');
  const link = document.createElement('a');
  link.href = labAddress(lab, [host.getAttribute('seed') && `seed=${host.getAttribute('seed')}`, host.getAttribute('knobs')].filter(Boolean).join('&'));
  link.textContent = t('embed.still.link');
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = t('ui.again');
  button.addEventListener('click', again);
  ways.append(link, button);
  root.append(why, ways);

  const ready = Promise.reject(new LabError({ code: 'refused', message: 'this page allows neither the figure nor a frame with it', data: {}, fatal: true }));
  ready.catch(() => {}); // whoever asked is told; nobody has to ask
  return { node, ready, readouts: {}, state: {}, play() {}, pause() {}, call: () => ready, pass() {} };
}
