/** The figure itself, as the shell shows it. */
import { LABS } from '../element/labs.js';
import { GuestFigure } from './guest.js';
import { languageOf } from './language.js';
import { addFaces } from './sheets.js';

/** @typedef {import('./shell.js').Content} Content */

customElements.define('uncrumple-figure', GuestFigure);

/** @param {HTMLElement} host @returns {Content} */
export function figure(host) {
  addFaces();
  const lab = host.getAttribute('lab') ?? '';
  if (!LABS.includes(lab)) console.warn(`uncrumple-lab: there is no lab called “${lab}”; there are ${LABS.join(', ')}`);
  const node = new GuestFigure();
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
