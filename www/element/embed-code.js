/** The code that puts a figure into somebody else's page, as text to be copied. */

/** What a figure in a frame takes at the width of a blog's column, until the page listens to how high it is. */
const HEIGHT = 1220;
// Kept in a variable: written in place, a bundler would take the page for an asset.
const HERE = import.meta.url;

/** What a blog's column has no room for. */
export const COMPACT = 'network,charts';

/** A lab's page, at a moment of a run. @param {string} lab @param {string} [state] */
export function labAddress(lab, state = '') {
  const url = new URL('../lab.html', HERE);
  url.searchParams.set('lab', lab);
  url.hash = state;
  return url.href;
}

/**
 * Where a figure lives by itself.
 *
 * @param {{ lab: string, state?: string, hide?: string, theme?: string, autoplay?: string, lang?: string, simd?: string }} what
 */
export function frameAddress({ state = '', ...flags }) {
  const url = new URL('../embed.html', HERE);
  for (const [name, value] of Object.entries(flags)) if (value) url.searchParams.set(name, value);
  url.hash = state;
  // A comma means nothing else in a query, and is easier to read.
  return url.href.replaceAll('%2C', ',');
}

/** A frame, for any page. @param {{ lab: string, title: string, state?: string, lang?: string }} what */
export function frameCode({ lab, title, state, lang }) {
  const src = frameAddress({ lab, hide: COMPACT, lang: lang === 'en' ? '' : lang, state });
  return `<iframe src="${attribute(src)}" title="${attribute(title)}" width="100%" height="${HEIGHT}" frameborder="0" loading="lazy" allow="clipboard-write"></iframe>`;
}

/** An element, for a page that may run our script. @param {{ lab: string, knobs?: string, lang?: string }} what */
export function elementCode({ lab, knobs = '', lang }) {
  const more = `${knobs ? ` knobs="${attribute(knobs)}"` : ''} hide="${COMPACT}"${lang && lang !== 'en' ? ` lang="${lang}"` : ''}`;
  return `<script type="module" src="${attribute(new URL('../embed.js', HERE).href)}"></script>\n<uncrumple-lab lab="${lab}"${more}></uncrumple-lab>`;
}

/** @param {string} text */
function attribute(text) {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
