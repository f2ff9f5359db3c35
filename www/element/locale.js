/** The words of the page's language, each part fetched once for all figures; English stands in for what is missing. */
import en from 'words:en';
import parts from 'words:parts';
import { formats } from '../lib/format.js';
import { joined, pickLanguage, words } from '../lib/i18n.js';

/**
 * @typedef {import('../lib/i18n.js').Dictionary} Dictionary
 * @typedef {import('../lib/i18n.js').Words} Words
 * @typedef {import('../lib/format.js').Formats} Formats
 * @typedef {Words & { formats: Formats }} Locale
 */

/** What every page and figure may say. @type {Record<string, () => Promise<{ default: Dictionary }>>} */
const FILES = { en: async () => ({ default: en }), fr: () => import('words:fr') };
export const LANGUAGES = Object.keys(FILES);

/** @type {Map<string, Promise<Locale>>} */
const loaded = new Map();

/** @param {string} lang @param {...string} names what is said besides: a lab's own words by its id, `essay`, `gallery`, `elements` */
export function locale(lang, ...names) {
  const known = pickLanguage([lang], LANGUAGES);
  const key = [known, ...names].join();
  let promise = loaded.get(key);
  if (!promise) loaded.set(key, (promise = fetched(known, names)));
  return promise;
}

/** @param {string} lang @param {string[]} names */
async function fetched(lang, names) {
  try {
    return build(lang, joined(await Promise.all([FILES[lang](), ...some(lang, names)].map(inside))));
  } catch {
    // Offline and not fetched before: better in English than not at all.
    return build('en', joined([en, ...(await Promise.all(some('en', names).map(inside).map((part) => part.catch(() => ({})))))]));
  }
}

/** @param {string} lang @param {string[]} names */
const some = (lang, names) => names.filter((name) => Object.hasOwn(parts[lang], name)).map((name) => parts[lang][name]());

/** @param {Promise<{ default: Dictionary }>} file */
const inside = async (file) => (await file).default;

/** @param {string} lang @param {Dictionary} dictionary @returns {Locale} */
function build(lang, dictionary) {
  return { ...words(lang, dictionary, en), formats: formats(lang) };
}

/** English, at once: what a figure speaks until its own words are there. */
export const english = build('en', en);
