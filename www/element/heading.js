/** A heading within a figure, so many levels below its title. */
import { html } from 'lit';

/** HTML knows six. */
const LAST = 6;

/** @typedef {{ level: () => number }} Titled */

/** @param {Titled} figure @param {number} below the title: 1 for a part of the figure, 2 for what stands in one */
export const levelOf = (figure, below) => Math.min(LAST, figure.level() + below);

/**
 * @param {Titled} figure
 * @param {unknown} text
 * @param {number} [below]
 * @param {string} [look] its class
 */
export const heading = (figure, text, below = 1, look = 'sub') => html`<p class=${look} role="heading" aria-level=${levelOf(figure, below)}>${text}</p>`;
