/** The pictures of a stage's key as SVG text; colours are CSS variables, so they follow the theme by themselves. */
import { svgPath } from './marks.js';

/** @param {string} body */
const svg = (body) => `<svg viewBox="0 0 18 18" aria-hidden="true" focusable="false">${body}</svg>`;

/**
 * @param {number} cls 0-based
 * @param {boolean} [hollow]
 */
export function markSvg(cls, hollow = false) {
  const path = svgPath(cls, 9, 9, hollow ? 4.6 : 5.2);
  const colour = `var(--c${cls + 1})`;
  return svg(hollow ? `<path d="${path}" fill="var(--sheet)" stroke="${colour}" stroke-width="1.8"/>` : `<path d="${path}" fill="${colour}"/>`);
}

export function arrowSvg() {
  return svg('<path d="M1 13 13 6.6" stroke="var(--mark)" stroke-width="1.6"/><path d="M17 4.4 12.9 9 10.6 4.9z" fill="var(--mark)"/>');
}

/** @param {'l2' | 'linf'} norm */
export function ballSvg(norm) {
  const shape = norm === 'linf' ? '<rect x="2" y="2" width="14" height="14"' : '<circle cx="9" cy="9" r="7"';
  return svg(`${shape} fill="none" stroke="var(--accent)" stroke-width="1.8" stroke-dasharray="3.4 2.4"/>`);
}

export function pathSvg() {
  const dots = [[2, 14], [7, 11], [11, 6], [16, 4]];
  const line = dots.map(([x, y], i) => `${i ? 'L' : 'M'}${x} ${y}`).join('');
  return svg(`<path d="${line}" fill="none" stroke="var(--accent)" stroke-width="1.6"/>${dots.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="1.9" fill="var(--accent)"/>`).join('')}`);
}

export function gradientSvg() {
  return svg('<path d="M2 7 7 4M9 9l6-1M3 14l5-1M11 15l5-3" stroke="var(--mark)" stroke-width="1.3" stroke-linecap="round" opacity=".7"/>');
}

/**
 * A swatch of the field under zero (−) or over it (+), for a single neuron's picture.
 * @param {1 | 2} cls
 */
export function swatchSvg(cls) {
  return svg(`<rect x="2" y="2" width="14" height="14" rx="2" fill="var(--c${cls}-tint)" stroke="var(--edge)"/>`);
}
