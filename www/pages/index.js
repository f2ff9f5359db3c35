/** The essay: its figures, the guesses about them, the sentences that operate them, and what came of it all. */
import '../element/define.js';
import { measured } from './measured.js';
import { find, prepare } from './page.js';
import { sections } from './sections.js';

const words = prepare({ says: ['essay'] });
sections(words);
words.then((spoken) => measured(/** @type {HTMLTableElement} */ (find(document, '.measured')), spoken));
