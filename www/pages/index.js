/** The essay: its figures, the guesses about them, and the sentences that operate them. */
import '../element/uncrumple-lab.js';
import { prepare } from './page.js';
import { sections } from './sections.js';

sections(prepare());
