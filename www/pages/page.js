/** What every page does before its figures: language, theme, and its words in the reader's language. */
import { locale, LANGUAGES } from '../element/locale.js';
import { keep, kept } from './keep.js';
import { keepForOffline } from './offline.js';
import { pickLanguage } from '../lib/i18n.js';
import { translate } from './translate.js';

const THEMES = ['light', 'dark'];

/**
 * Language and theme of the page, from its address, what was kept, and the browser, in that order. Both are set before
 * this returns: figures ask for them when they begin. The words follow.
 *
 * @param {{ keeps?: boolean, says?: string[] }} [options] `keeps`: a language asked for in the address is kept for the next page;
 *   `says`: parts of the words that this page needs besides
 * @returns {Promise<import('../element/locale.js').Locale>}
 */
export function prepare({ keeps = true, says = [] } = {}) {
  const query = new URLSearchParams(location.search);
  const asked = query.get('lang');
  if (keeps && asked && LANGUAGES.includes(asked)) keep('lang', asked);
  const lang = pickLanguage([asked, kept('lang'), ...navigator.languages], LANGUAGES);
  const root = document.documentElement;
  const written = root.lang;
  root.lang = lang;
  const theme = query.get('theme') ?? kept('theme');
  if (theme && THEMES.includes(theme)) root.dataset.theme = theme;
  switches(lang);
  keepForOffline();
  return locale(lang, ...says).then((words) => {
    if (lang !== written) translate(document, words.t); // the markup says in its own language what the words do
    return words;
  });
}

/** @param {string} lang */
function switches(lang) {
  const other = /** @type {HTMLAnchorElement | null} */ (document.querySelector('[data-language]'));
  if (other) {
    const to = LANGUAGES.find((known) => known !== lang) ?? lang;
    const go = () => {
      const url = new URL(location.href);
      url.searchParams.set('lang', to);
      other.href = url.href;
    };
    other.lang = other.hreflang = to;
    go();
    // The address follows the figure; the link is brought up to it when it is about to be used.
    for (const type of ['pointerdown', 'focus']) other.addEventListener(type, go);
  }
  document.querySelector('[data-theme-switch]')?.addEventListener('click', () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
    keep('theme', root.dataset.theme);
  });
}

/** @param {ParentNode} root @param {string} selector */
export function find(root, selector) {
  const found = root.querySelector(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return /** @type {HTMLElement} */ (found);
}
