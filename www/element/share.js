/** What leaves a figure: a link to this moment, files, its hash. */
import { frameCode, labAddress } from './embed-code.js';
import { linkText } from './link.js';
import { pictureOf } from './stage.js';

/** @typedef {import('./uncrumple-lab.js').UncrumpleLab} Figure */
/** @typedef {import('./menu.js').MenuState} MenuState */

const TYPES = /** @type {Record<string, string>} */ ({ csv: 'text/csv', json: 'application/json', png: 'image/png' });
/** @param {Figure} figure @returns {string} */
export function linkAddress(figure) {
  return labAddress(figure.lab, linkText(figure));
}

/** The frame a blog shows this moment in. @param {Figure} figure */
export function embedCode(figure) {
  return frameCode({ lab: figure.lab, title: figure.titleText, state: linkText(figure), lang: figure.locale.lang });
}

/** Why the link might not give the same numbers, or that it does. @param {Figure} figure */
export function sameLink({ run, t }) {
  if (run?.drift.points) return t('ui.menu.ownPoints');
  if (run?.drift.settings) return t('ui.menu.turned');
  return t('ui.menu.same');
}

/** @param {string} text */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // not allowed here: shown for copying by hand instead
  }
}

/** @param {Figure} figure @returns {Promise<Partial<MenuState>>} */
export async function copyLink(figure) {
  const { t, run } = figure;
  const link = linkAddress(figure);
  if (!(await copied(link))) return { said: '', link, code: '' };
  const drifted = run?.drift.points || run?.drift.settings;
  return { said: drifted ? `${t('ui.menu.copied')} ${sameLink(figure)}` : t('ui.menu.copied'), link: '', code: '' };
}

/** @param {Figure} figure @returns {Promise<Partial<MenuState>>} */
export async function copyEmbed(figure) {
  const code = embedCode(figure);
  return (await copied(code)) ? { said: figure.t('ui.menu.embedCopied'), link: '', code: '' } : { said: '', link: '', code };
}

/** @param {Figure} figure @returns {Promise<Partial<MenuState>>} */
export async function copyHash({ t, menuState }) {
  return { said: t((await copied(menuState.hash)) ? 'ui.menu.copied' : 'ui.menu.refused') };
}

/** A file of the figure, as bytes with a type. @param {Figure} figure @param {string} kind */
export async function fileOf(figure, kind) {
  const { run } = figure;
  if (!run) throw new Error('this figure has not run yet');
  if (kind === 'picture.png') {
    const stage = /** @type {HTMLElement} */ (/** @type {ShadowRoot} */ (figure.renderRoot).getElementById('stage'));
    return pictureOf(stage, figure.palette.paper);
  }
  const ending = kind.split('.').at(-1) ?? '';
  return new Blob([await run.exported(kind)], { type: TYPES[ending] ?? 'application/octet-stream' });
}

/** @param {Figure} figure @param {string} kind */
export async function download(figure, kind) {
  const blob = await fileOf(figure, kind);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  const [name, ending] = kind.split('.');
  link.download = `${figure.lab}-${name}-seed${figure.run?.seed}-step${figure.run?.step}.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
