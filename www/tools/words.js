// A Vite plugin: the words of a language in parts, so that a page fetches its own. `words:en` is what every page and figure may say;
// `words:en/boundary` what one lab says, `words:en/essay` the essay's sections; `words:parts` knows how each is imported.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** @typedef {import('../lib/i18n.js').Dictionary} Dictionary */

const FOLDER = fileURLToPath(new URL('../locales/', import.meta.url));
const PREFIX = 'words:';
/** A lab's words that are needed before it is chosen: where labs are listed, and on a figure before its own have come. */
const EARLY = ['title', 'help'];
/** Of a lab's own page, what others list it by. */
const LISTED = 'heading';
/** Whole parts, each of one page. */
const PAGES = ['gallery', 'elements'];

/**
 * @param {Dictionary} all
 * @returns {Record<string, Dictionary>} by name; the one called `` is what is left
 */
export function partsOf(all) {
  const { labs, page, lab, ...rest } = /** @type {Record<string, Record<string, Dictionary>>} */ (all);
  const section = (/** @type {Dictionary} */ words) => typeof words === 'object' && 'claim' in words;
  const own = (/** @type {Dictionary} */ words, /** @type {boolean} */ early) => pick(words, (key) => EARLY.includes(key) === early);
  const base = pick(rest, (key) => !PAGES.includes(key));
  return {
    '': {
      ...base,
      page: pick(page, (key) => key === 'measured' || !section(page[key])),
      lab: Object.fromEntries(Object.entries(lab).map(([id, words]) => [id, id in labs ? pick(words, (key) => key === LISTED) : words])),
      labs: Object.fromEntries(Object.entries(labs).map(([id, words]) => [id, own(words, true)])),
    },
    essay: { page: pick(page, (key) => key !== 'measured' && section(page[key])) },
    ...Object.fromEntries(PAGES.map((key) => [key, { [key]: rest[key] }])),
    ...Object.fromEntries(Object.entries(labs).map(([id, words]) => [id, { labs: { [id]: own(words, false) }, lab: { [id]: pick(lab[id], (key) => key !== LISTED) } }])),
  };
}

/** @param {Record<string, any>} from @param {(key: string) => boolean} wanted @returns {Dictionary} */
const pick = (from, wanted) => Object.fromEntries(Object.entries(from).filter(([key]) => wanted(key)));

/** @param {string} lang */
const read = (lang) => partsOf(JSON.parse(readFileSync(`${FOLDER}${lang}.json`, 'utf8')));
const languages = () => readdirSync(FOLDER).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5));

/** @returns {import('vite').Plugin} */
export function wordsInParts() {
  return {
    name: 'words-in-parts',
    // Their files would else be named as the labs' own scripts are.
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id.replaceAll(/[:/]/g, '-')}.js` : undefined),
    load(id) {
      const [, asked] = /^\0words-(.*)\.js$/.exec(id) ?? [];
      if (asked === undefined) return undefined;
      if (asked === 'parts') return `export default {${languages().map((lang) => `${lang}: {${imports(lang)}}`)}};`;
      const [lang, part = ''] = asked.split('-');
      this.addWatchFile(`${FOLDER}${lang}.json`);
      return `export default ${JSON.stringify(read(lang)[part])};`;
    },
  };
}

/** @param {string} lang */
const imports = (lang) => Object.keys(read(lang)).filter(Boolean).map((part) => `${part}: () => import('words:${lang}/${part}')`);
