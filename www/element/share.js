/** What leaves a figure: a link to this moment, files, its hash. */
import { frameCode, labAddress } from './embed-code.js';
import { linkLacks, linkText } from './link.js';
import { ownAsset } from './own-file.js';
import { pictureOf } from './stage.js';

/** @typedef {import('./uncrumple-lab.js').UncrumpleLab} Figure */
/** @typedef {import('./menu.js').MenuState} MenuState */

const TYPES = /** @type {Record<string, string>} */ ({ csv: 'text/csv', json: 'application/json', png: 'image/png' });
/** The page of this lab at this moment; none for a figure from the npm package, which knows of no such page. @param {Figure} figure @returns {string} */
export function linkAddress(figure) {
  return import.meta.env?.MODE === 'package' ? '' : labAddress(figure.lab, linkText(figure));
}

/** The frame a blog shows this moment in. @param {Figure} figure */
export function embedCode(figure) {
  return frameCode({ lab: figure.lab, title: figure.titleText, state: linkText(figure), lang: figure.locale.lang });
}

/** Why the link does not give the same numbers, or that it does. @param {Figure} figure */
export function sameLink(figure) {
  const { run, t } = figure;
  const lacks = linkLacks(figure);
  if (lacks) return [t(`ui.menu.${lacks}`), lacks === 'tooLong' && ownAsset(figure) ? t('ui.menu.asFile') : ''].join(' ').trim();
  return t(run?.trail.did?.length ? 'ui.menu.ownPoints' : 'ui.menu.same');
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
  const { t } = figure;
  const link = linkAddress(figure);
  if (!(await copied(link))) return { said: '', link, code: '' };
  return { said: linkLacks(figure) ? `${t('ui.menu.copied')} ${sameLink(figure)}` : t('ui.menu.copied'), link: '', code: '' };
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
    run.frames.show((frame) => figure.view?.frame(frame)); // of where it stands now, not of what was last looked at
    figure.view?.theme(); // a figure that has just begun may be drawn roughly so far
    const stage = /** @type {HTMLElement} */ (/** @type {ShadowRoot} */ (figure.renderRoot).getElementById('stage'));
    return figure.view?.picture?.() ?? pictureOf(stage, figure.palette.paper);
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
