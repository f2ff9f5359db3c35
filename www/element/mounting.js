/** What every stage does with the figure it is mounted in: its words, colours and styles, the elements it puts there, and that all of it goes again. */
import { nothing, render } from 'lit';

/** @typedef {import('../draw/palette.js').Palette} Palette */

/**
 * @param {object} ctx what the stage was given
 * @param {ShadowRoot} ctx.root
 * @param {Record<string, HTMLElement>} ctx.slots
 * @param {(key: string, vars?: import('../lib/i18n.js').Vars) => string} ctx.t
 * @param {() => Palette} ctx.tokens
 * @param {string} lab
 * @param {string} css its own styles
 */
export function mounting({ root, slots, t, tokens }, lab, css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets.push(sheet);
  /** @type {Palette | undefined} */
  let palette;
  /** @type {HTMLElement[]} */
  const placed = [];
  return {
    /** Words under the lab's `stage`. @param {string} key @param {import('../lib/i18n.js').Vars} [vars] */
    w: (key, vars) => t(`labs.${lab}.stage.${key}`, vars),
    /** The figure's colours, read once a theme. */
    palette: () => (palette ??= tokens()),
    /** Another theme: colours are read again. */
    theme() {
      palette = undefined;
    },
    /** A new element of the stage's own. @param {HTMLElement} within @param {string} [kind] its class */
    place(within, kind = '') {
      const element = document.createElement('div');
      element.className = kind;
      within.append(element);
      placed.push(element);
      return element;
    },
    /** Takes everything out again: what was placed, what was rendered into the figure's slots, the styles. */
    clear() {
      for (const element of placed.reverse()) {
        render(nothing, element);
        element.remove();
      }
      for (const slot of Object.values(slots)) render(nothing, slot);
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
    },
  };
}
