/** `import 'uncrumple'` for a bundler: defines `<uncrumple-lab>`, which brings all it needs but its faces: it speaks in the system's. */
import { GuestFigure } from '../embed/guest.js';
export { GuestFigure as UncrumpleLab };
export { LabError } from '../worker/protocol.js';

if (!customElements.get('uncrumple-lab')) customElements.define('uncrumple-lab', GuestFigure);
