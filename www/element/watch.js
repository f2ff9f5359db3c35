/** What a figure must notice of the page around it: being near or in view, theme, motion, its own width. */

/** Built this far before it scrolls into view, so that it is ready when it gets there. */
const NEAR = '900px 0px';
/** Of a figure taller than so many screens, so many are all there is to see at once. */
const TALL = 2;

/**
 * @typedef {object} Around
 * @property {() => void} near once, when the figure comes near the viewport
 * @property {(share: number) => void} visible how much of it is in view, 0 for none; of a tall one, how much of what can be
 * @property {() => void} theme colours may have changed
 * @property {() => void} fonts text may be measured otherwise than before
 * @property {() => void} motion
 * @property {(width: number) => void} width in CSS pixels
 */

export class Watch {
  #end = new AbortController();
  #reduced = matchMedia('(prefers-reduced-motion: reduce)');

  /** @param {HTMLElement} host @param {Around} around */
  constructor(host, around) {
    const near = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        near.disconnect();
        around.near();
      },
      { rootMargin: NEAR },
    );
    const seen = new IntersectionObserver(
      (entries) => {
        const { isIntersecting, intersectionRect, boundingClientRect } = entries[entries.length - 1];
        const share = intersectionRect.height / Math.min(boundingClientRect.height || 1, TALL * Math.min(innerHeight, screen.height));
        around.visible(isIntersecting ? Math.max(Math.min(1, share), Number.MIN_VALUE) : 0);
      },
      { threshold: [0, 0.01, 0.02, 0.03, 0.05, 0.08, 0.11, 0.15] },
    );
    // A figure grows downwards whenever something of it appears; only its width asks for drawing again.
    let known = -1;
    const size = new ResizeObserver((entries) => {
      const { width } = entries[entries.length - 1].contentRect;
      if (width !== known) around.width((known = width));
    });
    const marks = new MutationObserver(() => around.theme());
    near.observe(host);
    seen.observe(host);
    size.observe(host);
    const attributes = { attributes: true, attributeFilter: ['data-theme'] };
    marks.observe(document.documentElement, attributes);
    marks.observe(host, attributes);
    const { signal } = this.#end;
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => around.theme(), { signal });
    matchMedia('(forced-colors: active)').addEventListener('change', () => around.theme(), { signal });
    this.#reduced.addEventListener('change', () => around.motion(), { signal });
    // Text measured before the faces arrive is measured wrong.
    document.fonts?.ready.then(() => signal.aborted || around.fonts());
    signal.addEventListener('abort', () => [near, seen, size, marks].forEach((observer) => observer.disconnect()));
  }

  get reducedMotion() {
    return this.#reduced.matches;
  }

  stop() {
    this.#end.abort();
  }
}
