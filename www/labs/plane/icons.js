/** The icons of the stage's tools: 24-unit grid, 1.75 stroke, the colour of the text. */
import { html, svg } from 'lit';

/** @param {unknown} body */
const icon = (body) => html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${body}</svg>`;

export const icons = {
  look: icon(svg`<path d="M6 3.5 18.5 12l-5.6 1.2 3 6-2.7 1.3-3-6L6 18.5z"/>`),
  erase: icon(svg`<path d="M9 19h11M5 14.5 13.5 6 19 11.5 11.5 19H9z"/>`),
  hole: icon(svg`<path d="M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"/><path d="m9 9 6 6M15 9l-6 6"/>`),
  undo: icon(svg`<path d="M9 7 4.5 11.5 9 16"/><path d="M5 11.5h9a5 5 0 0 1 0 10h-2"/>`),
  redo: icon(svg`<path d="m15 7 4.5 4.5L15 16"/><path d="M19 11.5h-9a5 5 0 0 0 0 10h2"/>`),
  file: icon(svg`<path d="M12 15V4M8 8l4-4 4 4M5 15v4h14v-4"/>`),
};
