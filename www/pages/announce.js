/** What a frame tells the page around it: its height, and in numbers what its figure does. `embed/messages.js` says why only numbers. */
import { MARK, codeOf, measuresOf, numbersOf } from '../embed/messages.js';

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
    // A figure still loading is not as high as it will be; one that waits to be asked stays so.
    if (now === height || (!figure.view && !['fatal', 'heavy'].includes(figure.covered?.kind ?? ''))) return;
    height = now;
    // Two dialects: what Embedly taught blogs to listen to, and our own. No address in either: ours holds the reader's state.
    parent.postMessage(JSON.stringify({ context: 'iframe.resize', height }), '*');
    tell({ type: 'resize', height });
  };
  new ResizeObserver(measure).observe(content);
  figure.approach().then(
    () => {
      tell({ type: 'ready', ...place(figure) });
      measure();
    },
    () => measure(),
  );
  const on = (/** @type {string} */ type, /** @type {(detail: any) => void} */ act) =>
    figure.addEventListener(type, (event) => act(/** @type {CustomEvent} */ (event).detail));
  on('wait', measure);
  on('frame', (detail) => tell({ type: 'frame', ...numbersOf(detail), readouts: measuresOf(detail.readouts) }));
  on('state', () => tell({ type: 'state', ...place(figure) }));
  on('result', ({ seed, step, readouts }) => tell({ type: 'result', seed, step, readouts: measuresOf(readouts) }));
  on('error', (error) => tell({ type: 'error', code: codeOf(error) }));
}

/** Where it stands. Settings stay behind: some are texts, and what a reader chose is theirs. @param {Figure} figure */
export function place({ run }) {
  return { seed: run?.seed ?? 0, step: run?.step ?? 0, last: run?.last ?? 0, playing: Number(run?.playing ?? false) };
}
