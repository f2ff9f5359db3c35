/** The language of the place an element stands in. */

/** @param {HTMLElement} host */
export function languageOf(host) {
  return (/** @type {HTMLElement | null} */ (host.closest('[lang]'))?.lang ?? '').slice(0, 2).toLowerCase();
}
