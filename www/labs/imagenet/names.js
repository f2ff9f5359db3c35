/** The names of the network's 1,000 classes, in their order; English, as the network was trained with. */

/** @type {Promise<string[]> | undefined} */
let fetched;

/** @param {string} text one name a line */
export const namesOf = (text) => text.split('\n').map((name) => name.trim()).filter(Boolean);

/** Fetched once for all figures; what failed is tried again by the next who asks. @param {string | URL} address @returns {Promise<string[]>} */
export function classNames(address) {
  fetched ??= fetch(address)
    .then((response) => (response.ok ? response.text() : Promise.reject(new Error(`the names: ${response.status}`))))
    .then(namesOf);
  fetched.catch(() => (fetched = undefined));
  return fetched;
}
