/** What a frame does when the page around it asks: six commands, from the page around it and nobody else. */
import { codeOf, isOurs, readCommand } from '../embed/messages.js';
import { place, tell } from './announce.js';

/** @typedef {import('../element/uncrumple-lab.js').UncrumpleLab} Figure */

/** A page that asks faster than a figure can follow is told so. */
const MOST = 32;

/** @param {Figure} figure */
export function obey(figure) {
  let waiting = 0;
  addEventListener('message', async ({ source, data }) => {
    if (source !== parent || !isOurs(data)) return;
    const { id, command } = readCommand(data);
    const refuse = (/** @type {string} */ code) => tell({ type: 'error', code, ...(id === undefined ? {} : { id }) });
    if (!command) return refuse('command');
    if (waiting >= MOST) return refuse('busy');
    waiting++;
    try {
      await act(figure, command);
      if (id !== undefined) tell({ type: 'done', id, ...place(figure) });
    } catch (error) {
      refuse(codeOf(error));
    } finally {
      waiting--;
    }
  });
}

/** @param {Figure} figure @param {import('../embed/messages.js').Command} command */
async function act(figure, command) {
  switch (command.type) {
    case 'play':
      await figure.ready;
      return figure.play();
    case 'pause':
      return figure.pause();
    case 'step':
      return figure.step(command.steps);
    case 'seek':
      return figure.seek(command.step);
    case 'reset':
      return figure.reset({ seed: command.seed });
    case 'set':
      return figure.set(command.knob, command.value);
  }
}
