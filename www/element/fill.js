/** How far a slider is filled, written through the CSSOM: a style attribute would be refused by the pages' security policy. */
import { noChange } from 'lit';
import { Directive, PartType, directive } from 'lit/directive.js';

class Fill extends Directive {
  /** @param {import('lit/directive.js').PartInfo} info */
  constructor(info) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error('fill stands in the tag of a slider');
  }

  /** @override @param {number} _share of the track, 0 to 1 */
  render(_share) {
    return noChange;
  }

  /** @override @param {import('lit/directive.js').ElementPart} part @param {[number]} share */
  update({ element }, [share]) {
    /** @type {HTMLElement} */ (element).style.setProperty('--fill', `${100 * Math.min(1, Math.max(0, share))}%`);
    return noChange;
  }
}

export const fill = directive(Fill);
