/** Which of a few places are in view, or about to be: what nobody can see yet need not be drawn. */

/** Drawn this far before it scrolls into view. */
const MARGIN = '100px 0px';

/**
 * @template {string} N
 * @param {Record<N, Element>} places
 * @param {(name: N) => void} came told of each that has come near; before printing, of all
 */
export function nearby(places, came) {
  const names = /** @type {N[]} */ (Object.keys(places));
  /** @type {Set<N>} */
  const near = new Set();
  /** @param {N} name @param {boolean} is */
  const take = (name, is) => {
    const was = near.has(name);
    if (is) near.add(name);
    else near.delete(name);
    if (is && !was) came(name);
  };
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) names.filter((name) => places[name] === target).forEach((name) => take(name, isIntersecting));
    },
    { rootMargin: MARGIN },
  );
  for (const name of names) observer.observe(places[name]);
  const end = new AbortController();
  addEventListener('beforeprint', () => names.forEach((name) => take(name, true)), { signal: end.signal });
  return {
    /** @param {N} name */
    has: (name) => near.has(name),
    stop() {
      observer.disconnect();
      end.abort();
    },
  };
}
