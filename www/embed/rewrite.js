/** Our sheets rewritten for pages that are not ours: pure text in, text out. */

export const REM = 16;
const FACE = /@font-face\s*\{[^}]*\}/g;
/** The page reads in serif; a figure speaks in sans. The name is ours alone: it does not mix with a face of the page's own. */
const USED = /"?Uncrumple Sans"?/;

/** `rem` as pixels, because the page's own unit may be anything. @param {string} css */
export function inPixels(css) {
  return css.replace(/(?<![\w.#-])(-?\d*\.?\d+)rem\b/g, (_, number) => `${Number((Number(number) * REM).toFixed(4))}px`);
}

/** A page's sheet for its root, as one for a shadow root, without its faces. @param {string} css */
export function onHost(css) {
  return css
    .replace(FACE, '')
    .replace(/:root:not\(([^)]*)\)/g, ':host(:not($1))')
    .replace(/:root/g, ':host')
    .replace(/(?<!\()(\[data-theme="?(?:light|dark)"?\])/g, ':host($1)');
}

/** The faces of a sheet that a figure uses, with addresses that hold on any page. @param {string} css @param {string} base */
export function facesOf(css, base) {
  const faces = (css.match(FACE) ?? []).filter((face) => USED.test(face));
  return faces
    .map((face) => face.replace(/url\("?([^")]+)"?\)/g, (_, url) => `url("${new URL(url, base).href}")`))
    .join('\n');
}
