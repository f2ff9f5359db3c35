/**
 * What a blog includes: defines `<uncrumple-lab>` for pages that are not ours. A few kilobytes; the figure itself, its
 * words and its engine are fetched when one of them comes near the reader.
 */
import { UncrumpleLab } from './embed/shell.js';

export { UncrumpleLab };

if (!customElements.get('uncrumple-lab')) customElements.define('uncrumple-lab', UncrumpleLab);
