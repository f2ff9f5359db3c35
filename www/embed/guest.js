/** A figure on a page that is not ours: it brings its tokens, and inherits nothing but the place it is put in. */
import { unsafeCSS } from 'lit';
import { style } from '../element/style.js';
import { UncrumpleLab } from '../element/uncrumple-lab.js';
import { REM, inPixels } from './rewrite.js';
import { tokens } from './sheets.js';

export class GuestFigure extends UncrumpleLab {
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
    for (const sheet of root.adoptedStyleSheets.slice(GuestFigure.styles.length)) {
      const text = [...sheet.cssRules].map((rule) => rule.cssText).join('\n');
      const fixed = inPixels(text);
      if (fixed !== text) sheet.replaceSync(fixed);
    }
  }
}
