/** The figure itself, on a page that is not ours: it inherits nothing but the place it is put in. */
import { unsafeCSS } from 'lit';
import { LABS } from '../element/labs.js';
import { style } from '../element/style.js';
import { UncrumpleLab } from '../element/uncrumple-lab.js';
import { languageOf } from './language.js';
import { REM, inPixels } from './rewrite.js';
import { addFaces, tokens } from './sheets.js';

/** @typedef {import('./shell.js').Content} Content */

class EmbeddedFigure extends UncrumpleLab {
  /** @override */
  static styles = [
    unsafeCSS(tokens),
    // In front of the plate's own rules; `all` leaves custom properties and the direction of writing alone.
    unsafeCSS(':host { all: initial; direction: ltr; background: var(--paper); color: var(--ink); }'),
    ...style.map(({ cssText }) => unsafeCSS(inPixels(cssText))),
    // A plate in a column of another colour needs a margin of its own.
    unsafeCSS(inPixels(':host { box-sizing: border-box; padding-inline: 0.75rem; } :host([hide*="network"]) { --unready: 75rem; }')),
  ];

  /** The page's own unit may be anything. @override */
  get rem() {
    return REM;
  }

  /** A lab's stage brings a sheet of its own. @override @param {Map<string, unknown>} changed */
  updated(changed) {
    super.updated(changed);
    const root = /** @type {ShadowRoot} */ (this.renderRoot);
    for (const sheet of root.adoptedStyleSheets.slice(EmbeddedFigure.styles.length)) {
      const text = [...sheet.cssRules].map((rule) => rule.cssText).join('\n');
      const fixed = inPixels(text);
      if (fixed !== text) sheet.replaceSync(fixed);
    }
  }
}

customElements.define('uncrumple-figure', EmbeddedFigure);

/** @param {HTMLElement} host @returns {Content} */
export function figure(host) {
  addFaces();
  const lab = host.getAttribute('lab') ?? '';
  if (!LABS.includes(lab)) console.warn(`uncrumple-lab: there is no lab called “${lab}”; there are ${LABS.join(', ')}`);
  const node = new EmbeddedFigure();
  node.dataset.shown = 'figure';
  node.setAttribute('exportparts', 'stage, timeline, readouts, controls');
  node.credit = true;
  node.lang = languageOf(host);
  return {
    node,
    get ready() {
      return node.ready;
    },
    get readouts() {
      return node.readouts;
    },
    get state() {
      return { ...node.state };
    },
    play: () => node.play(),
    pause: () => node.pause(),
    call: (name, args) => /** @type {any} */ (node)[name](...args),
    pass(name, value) {
      if (name === 'lang') node.lang = languageOf(host);
      else if (value === null) node.removeAttribute(name);
      else node.setAttribute(name, value);
    },
  };
}
