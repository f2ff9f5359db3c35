/** The words of the page's language, fetched once for all figures; English stands in for what is missing. */
import en from '../locales/en.json';
import { formats } from '../lib/format.js';
import { pickLanguage, words } from '../lib/i18n.js';

/**
 * @typedef {import('../lib/i18n.js').Dictionary} Dictionary
 * @typedef {import('../lib/i18n.js').Words} Words
 * @typedef {import('../lib/format.js').Formats} Formats
 * @typedef {Words & { formats: Formats }} Locale
 */

/** @type {Record<string, () => Promise<{ default: Dictionary }>>} */
const FILES = { en: async () => ({ default: en }), fr: () => import('../locales/fr.json') };
export const LANGUAGES = Object.keys(FILES);

/** @type {Map<string, Promise<Locale>>} */
const loaded = new Map();

/** @param {string} lang */
export function locale(lang) {
  const known = pickLanguage([lang], LANGUAGES);
  let promise = loaded.get(known);
  if (!promise) {
    promise = FILES[known]().then(
      (file) => build(known, file.default),
      () => build('en', en), // offline and not fetched before: better in English than not at all
    );
    loaded.set(known, promise);
  }
  return promise;
}

/** @param {string} lang @param {Dictionary} dictionary @returns {Locale} */
function build(lang, dictionary) {
  return { ...words(lang, dictionary, en), formats: formats(lang) };
}

/** English, at once: what a figure speaks until its own words are there. */
export const english = build('en', en);
