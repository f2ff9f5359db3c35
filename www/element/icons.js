/** Icons on a 24-unit grid, drawn in the colour of the text beside them. Never the only name of what they do. */
import { html, svg } from 'lit';

/** @param {import('lit').TemplateResult} drawing @param {string} [kind] */
const icon = (drawing, kind = '') =>
  html`<svg viewBox="0 0 24 24" class=${kind} aria-hidden="true" focusable="false">${drawing}</svg>`;

export const icons = {
  play: icon(svg`<path d="M7 4.5v15l12-7.5z"/>`, 'solid'),
  pause: icon(svg`<path d="M7 5h3.5v14H7zM13.5 5H17v14h-3.5z"/>`, 'solid'),
  step: icon(svg`<path d="M5 5v14l9-7z"/><path d="M18 5v14"/>`),
  reset: icon(svg`<path d="M4 12a8 8 0 1 0 2.6-5.9L4 8.5"/><path d="M4 4v4.5h4.5"/>`),
  dice: icon(
    svg`<rect x="4" y="4" width="16" height="16" rx="2.5"/><path d="M8.5 8.5h.01M15.5 8.5h.01M12 12h.01M8.5 15.5h.01M15.5 15.5h.01" stroke-width="2.6"/>`,
  ),
  more: icon(svg`<path d="M5 12h.01M12 12h.01M19 12h.01" stroke-width="3"/>`),
  brush: icon(svg`<path d="M14.5 5.5 19 10l-8 7.5-4.5-4.5z"/><path d="M6.5 13 4 20l7-2.5"/>`),
  load: icon(svg`<path d="M12 4v11M8 11l4 4 4-4M5 15v4h14v-4"/>`),
  file: icon(svg`<path d="M12 15V4M8 8l4-4 4 4M5 15v4h14v-4"/>`),
};
