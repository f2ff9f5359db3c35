/** Words by key: nested dictionaries, `{name}` filled in, plurals by the language's own rules, English where one is missing. */
import { isPlain } from './format.js';

/**
 * @typedef {{ [key: string]: string | Dictionary }} Dictionary
 * @typedef {Record<string, string | number | undefined>} Vars
 * @typedef {(key: string, vars?: Vars) => string} Translate
 * @typedef {{ lang: string, t: Translate, has: (key: string) => boolean }} Words
 */

const PLURALS = ['zero', 'one', 'two', 'few', 'many', 'other'];

/**
 * @param {string} lang
 * @param {Dictionary} dictionary
 * @param {Dictionary} [fallback]
 * @returns {Words}
 */
export function words(lang, dictionary, fallback = {}) {
  // Made when first needed: together they take a phone longer than everything else that is done with words.
  const rules = once(() => new Intl.PluralRules(lang));
  const number = once(() => new Intl.NumberFormat(lang));
  const fallbackRules = once(() => new Intl.PluralRules('en'));

  /** @type {Translate} */
  function t(key, vars = {}) {
    const own = find(dictionary, key);
    const entry = own ?? find(fallback, key);
    if (entry === undefined) return key;
    const count = vars.count;
    const text =
      typeof entry === 'string'
        ? entry
        : (entry[(own === undefined ? fallbackRules : rules)().select(Number(count))] ?? entry.other ?? key);
    if (typeof text !== 'string') return key;
    return fill(text, vars, (value) => (isPlain(value) ? String(value) : number().format(value)));
  }
  const has = (/** @type {string} */ key) => (find(dictionary, key) ?? find(fallback, key)) !== undefined;
  return { lang, t, has };
}

/** Dictionaries that have no text in common as one. @param {Dictionary[]} all @returns {Dictionary} */
export function joined(all) {
  /** @type {Dictionary} */
  const one = {};
  for (const dictionary of all) {
    for (const [key, entry] of Object.entries(dictionary)) {
      const before = one[key];
      one[key] = typeof before === 'object' && typeof entry === 'object' ? joined([before, entry]) : entry;
    }
  }
  return one;
}

/** @template T @param {() => T} make @returns {() => T} */
function once(make) {
  /** @type {T | undefined} */
  let made;
  return () => (made ??= make());
}

/** @param {Dictionary} dictionary @param {string} key @returns {string | Dictionary | undefined} a text or a set of plurals */
function find(dictionary, key) {
  /** @type {string | Dictionary | undefined} */
  let entry = dictionary;
  for (const part of key.split('.')) {
    if (typeof entry !== 'object' || !Object.hasOwn(entry, part)) return undefined;
    entry = entry[part];
  }
  return typeof entry === 'string' || (entry && isPlural(entry)) ? entry : undefined;
}

/** @param {Dictionary} entry */
export function isPlural(entry) {
  return 'other' in entry && Object.keys(entry).every((key) => PLURALS.includes(key));
}

/** @param {string} text @param {Vars} vars @param {(value: number) => string} number */
function fill(text, vars, number) {
  return text.replace(/\{([\w.-]+)\}/g, (whole, name) => {
    const value = vars[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? number(value) : value;
  });
}

/**
 * A text cut at its `{name}` places, for putting elements between the words.
 *
 * @param {string} text
 * @returns {({ text: string } | { slot: string })[]}
 */
export function pieces(text) {
  return text
    .split(/(\{[\w.-]+\})/)
    .filter((piece) => piece !== '')
    .map((piece) => (/^\{[\w.-]+\}$/.test(piece) ? { slot: piece.slice(1, -1) } : { text: piece }));
}

/** Every key of a dictionary, plurals counted as one. @param {Dictionary} dictionary @param {string} [prefix] @returns {string[]} */
export function keys(dictionary, prefix = '') {
  return Object.entries(dictionary).flatMap(([key, entry]) =>
    typeof entry === 'string' || isPlural(entry) ? [prefix + key] : keys(entry, `${prefix}${key}.`),
  );
}

/**
 * The first language asked for that exists.
 *
 * @param {(string | null | undefined)[]} wanted most wanted first
 * @param {readonly string[]} known the first is the fallback
 */
export function pickLanguage(wanted, known) {
  for (const tag of wanted) {
    const base = String(tag ?? '').toLowerCase().split('-')[0];
    if (known.includes(base)) return base;
  }
  return known[0];
}
