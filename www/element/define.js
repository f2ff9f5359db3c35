/** `<uncrumple-lab>` on our own pages. */
import { UncrumpleLab } from './uncrumple-lab.js';

customElements.define('uncrumple-lab', UncrumpleLab);
