/** What a frame tells the page around it: its height, and in numbers what its figure does. `embed/messages.js` says why only numbers. */
import { MARK, codeOf, numbersOf } from '../embed/messages.js';

/**
 * @typedef {import('../element/uncrumple-lab.js').UncrumpleLab} Figure
 * @typedef {import('../embed/messages.js').Numbers} Numbers
 */

/** To whoever is around us, which a page cannot know; that is why it is numbers. @param {{ type: string, code?: string } & Record<string, Numbers | string | undefined>} message */
export function tell(message) {
  parent.postMessage({ uncrumple: MARK, ...message }, '*');
}

/** @param {Figure} figure @param {HTMLElement} content whose height is told */
export function announce(figure, content) {
  tell({ type: 'hello' });
  let height = 0;
  const measure = () => {
    const now = Math.ceil(content.getBoundingClientRect().height);
    // Before there is anything to show, a figure holds room for any lab in any column; that is no height to tell.
    if (now === height || (!figure.view && !figure.covered)) return;
    height = now;
    // Two dialects: what Embedly taught blogs to listen to, and our own. No address in either: ours holds the reader's state.
    parent.postMessage(JSON.stringify({ context: 'iframe.resize', height }), '*');
    tell({ type: 'resize', height });
  };
  new ResizeObserver(measure).observe(content);
  figure.ready.then(
    () => {
      tell({ type: 'ready', ...place(figure) });
      measure();
    },
    () => measure(),
  );
  figure.addEventListener('frame', ({ detail }) => tell({ type: 'frame', ...numbersOf({ ...detail }) }));
  figure.addEventListener('state', () => tell({ type: 'state', ...place(figure) }));
  figure.addEventListener('result', ({ detail: { seed, step, readouts } }) => tell({ type: 'result', seed, step, readouts: numbersOf(readouts) }));
  figure.addEventListener('error', ({ detail }) => tell({ type: 'error', code: codeOf(detail) }));
}

/** Where it stands. Settings stay behind: some are texts, and what a reader chose is theirs. @param {Figure} figure */
export function place({ run }) {
  return { seed: run?.seed ?? 0, step: run?.step ?? 0, last: run?.last ?? 0, playing: Number(run?.playing ?? false) };
}
