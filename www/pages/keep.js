/** What a browser may refuse and nothing should fail over: kept preferences, the address bar. */

/** @param {string} key @returns {string | null} */
export function kept(key) {
  try {
    return globalThis.localStorage.getItem(key);
  } catch {
    return null; // blocked in a sandboxed frame or by the reader's settings
  }
}

/** @param {string} key @param {string | null} value */
export function keep(key, value) {
  try {
    if (value === null) globalThis.localStorage.removeItem(key);
    else globalThis.localStorage.setItem(key, value);
  } catch {
    // The choice holds for this page only.
  }
}

/** @param {string} url */
export function showAddress(url) {
  try {
    globalThis.history.replaceState(globalThis.history.state, '', url);
  } catch {
    // Refused in a sandboxed frame, and by browsers that count how often it is called: the next change tries again.
  }
}
