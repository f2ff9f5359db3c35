/**
 * A page's words, put where its markup says: `data-t` is the text of an element, `data-t-label` its aria-label,
 * `data-t-content` a meta's content. A `{name}` in a text is the place of the child marked `data-slot="name"`.
 */
import { pieces } from '../lib/i18n.js';

const ATTRIBUTES = /** @type {const} */ ([
  ['data-t-label', 'aria-label'],
  ['data-t-content', 'content'],
]);

/** @param {ParentNode} root @param {import('../lib/i18n.js').Translate} t */
export function translate(root, t) {
  // Outer before inner: an inner element is still there when its own turn comes.
  for (const element of root.querySelectorAll('[data-t]')) say(element, t(element.getAttribute('data-t') ?? ''));
  for (const [mark, attribute] of ATTRIBUTES) {
    for (const element of root.querySelectorAll(`[${mark}]`)) {
      element.setAttribute(attribute, t(element.getAttribute(mark) ?? ''));
    }
  }
}

/** @param {Element} element @param {string} text */
export function say(element, text) {
  /** @param {string} name */
  const child = (name) => element.querySelector(`:scope > [data-slot="${name}"]`) ?? '';
  element.replaceChildren(...pieces(text).map((piece) => ('slot' in piece ? child(piece.slot) : piece.text)));
}
