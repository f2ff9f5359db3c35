/**
 * Our sheets on a page that is not ours. The tokens go to the figure instead of the root; the faces go to the document,
 * where alone `@font-face` works, under names that no page uses; and `rem` becomes pixels, because the page's own unit
 * may be anything.
 */
import text from '../style/tokens.css?inline';

export const REM = 16;
const FACE = /@font-face\s*\{[^}]*\}/g;
/** The page reads in serif; a figure speaks in sans. */
const USED = /"?Source Sans 3"?/g;
const OURS = '"Uncrumple Sans"';

/** @param {string} css */
export function inPixels(css) {
  return css.replace(/(?<![\w.#-])(-?\d*\.?\d+)rem\b/g, (_, number) => `${Number((Number(number) * REM).toFixed(4))}px`);
}

/** A page's sheet for its root, as one for a shadow root. @param {string} css */
export function onHost(css) {
  return css
    .replace(FACE, '')
    .replace(/:root:not\(([^)]*)\)/g, ':host(:not($1))')
    .replace(/:root/g, ':host')
    .replace(/(?<!\()(\[data-theme="?(?:light|dark)"?\])/g, ':host($1)');
}

export const tokens = inPixels(onHost(text)).replace(USED, OURS);

/** Faces of the document, with addresses that hold on any page. @param {string} css @param {string} base */
export function facesOf(css, base) {
  const faces = (css.match(FACE) ?? []).filter((face) => face.match(USED));
  return faces
    .map((face) => face.replace(USED, OURS).replace(/url\("?([^")]+)"?\)/g, (_, url) => `url("${new URL(url, base).href}")`))
    .join('\n');
}

let added = false;

/** Once for all figures of the page. */
export function addFaces() {
  if (added) return;
  added = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(facesOf(text, import.meta.url));
  document.adoptedStyleSheets.push(sheet);
}
