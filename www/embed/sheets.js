/** The tokens for a figure on a page that is not ours, and its faces: those go to the document, where alone `@font-face` works. */
import text from '../style/tokens.css?inline';
import { facesOf, inPixels, onHost } from './rewrite.js';

export const tokens = inPixels(onHost(text));

let added = false;

/** Once for all figures of the page. */
export function addFaces() {
  if (added) return;
  added = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(facesOf(text, import.meta.url));
  document.adoptedStyleSheets.push(sheet);
}
