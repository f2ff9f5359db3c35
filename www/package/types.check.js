/** Never runs: `tsc` fails here when the package's types no longer are what the code is. */
import { UncrumpleLab } from '../element/uncrumple-lab.js';

/** @typedef {import('./types.js').UncrumpleLabEventMap} Promised */
/** @typedef {import('../element/globals.d.ts').UncrumpleLabEventMap} Given */

/** @param {UncrumpleLab} element @param {Given} events @param {import('../pkg/plane/simd/uncrumple.js').Lab} lab */
export function check(element, events, lab) {
  /** @type {import('./types.js').Figure} */
  const figure = element;
  /** @type {Promised} */
  const promised = events;
  /** @type {import('./types.js').Lab} */
  const run = lab;
  return { figure, promised, run };
}
