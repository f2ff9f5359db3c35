/** What stands over the stage: loading, an error with its way out, the button that starts a network waiting its turn. */
import { html, nothing } from 'lit';
import { icons } from './icons.js';
import { NETWORK, chooseFile } from './own-file.js';
import { errorSentence } from './sentences.js';

/**
 * @typedef {import('./uncrumple-lab.js').UncrumpleLab} Figure
 * @typedef {import('../worker/protocol.js').LabError} LabError
 * @typedef {{ kind: 'loading', bytes?: import('./ships.js').Bytes }
 *   | { kind: 'heavy', all: number }
 *   | { kind: 'waiting' }
 *   | { kind: 'stopped', error: LabError, back: number }
 *   | { kind: 'fatal', error: LabError }
 *   | { kind: 'file', error: LabError, asset: string, skip?: () => void }} Cover
 * @typedef {{ label: string, act: () => void }} Way
 */

/** @param {Figure} figure @param {Cover} cover */
export function coverOf(figure, cover) {
  const { t } = figure;
  switch (cover.kind) {
    case 'loading':
      return cover.bytes ? arriving(figure, cover.bytes) : html`<div class="cover"><div>
        <p class="sub" id="loading">${t('ui.loading')}</p><progress aria-labelledby="loading"></progress></div></div>`;
    case 'heavy':
      return html`<div class="cover"><div class="ask"><button type="button" class="btn main big" @click=${() => void figure.ready.catch(() => {})}>
        ${icons.load}${t('ui.ships.load', { all: megabytes(figure, cover.all) })}</button><p class="bytes">${t('ui.ships.kept')}</p></div></div>`;
    case 'waiting':
      return html`<div class="cover"><button type="button" class="btn main big" @click=${() => figure.play()}>
        ${icons.play}${t('ui.train')}</button></div>`;
    case 'stopped':
      return stopped(figure, cover);
    case 'fatal': {
      if (cover.error.code === 'unknown-lab') return alert(errorSentence(figure.locale, cover.error, figure.labelOf), []); // nor is there one the next time
      const start = cover.error.code === 'start' || cover.error.code.startsWith('asset-');
      return alert(errorSentence(figure.locale, cover.error, figure.labelOf), [
        {
          label: start ? t('ui.again') : t('ui.restart', { seed: figure.seedText }),
          act: () => figure.rebuild(),
        },
      ]);
    }
    case 'file': {
      const another = { label: t('ui.own.another'), act: () => chooseFile(figure, cover.asset) };
      const other = cover.skip ? { label: t('ui.own.skip'), act: cover.skip } : { label: t(cover.asset === NETWORK ? 'ui.network.keep' : 'ui.own.keep'), act: () => figure.uncover() };
      return alert(errorSentence(figure.locale, cover.error, figure.labelOf), [another, other]);
    }
  }
}

/** Files of the lab on their way, counted. @param {Figure} figure @param {import('./ships.js').Bytes} bytes */
function arriving(figure, { had, all }) {
  const { t } = figure;
  const share = figure.locale.formats.percent(had / all);
  return html`<div class="cover"><div>
    <p class="sub" id="loading">${figure.word('fetching')}</p>
    <progress max=${all} value=${had} aria-labelledby="loading">${share}</progress>
    <p class="bytes"><span>${t('ui.ships.of', { had: megabytes(figure, had), all: megabytes(figure, all) })}</span><span>${share}</span></p>
    <p class="bytes"><span>${t('ui.ships.kept')}</span></p></div></div>`;
}

/** @param {Figure} figure @param {number} bytes */
const megabytes = (figure, bytes) => figure.locale.formats.number(bytes / 1e6, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** Training that left the numbers: back to where it had them, or once more with a smaller step. @param {Figure} figure @param {Extract<Cover, { kind: 'stopped' }>} cover */
function stopped(figure, { error, back }) {
  const { t } = figure;
  const knob = figure.about.knobs.find(({ id }) => id === 'rate');
  const lower = knob?.kind.type === 'number' ? Math.max(knob.kind.min, Number(figure.value('rate')) / 10) : undefined;
  if (error.code !== 'diverged') {
    return alert(errorSentence(figure.locale, error, figure.labelOf), [{ label: t('ui.close'), act: () => figure.uncover() }]);
  }
  /** @type {Way[]} */
  const ways = [{ label: t('ui.backTo', { step: figure.count(back) }), act: () => figure.goBack(back) }];
  if (knob && lower !== undefined) {
    const rate = Number(lower.toPrecision(2));
    ways.push({ label: t('ui.slower', { rate: figure.shownText(knob, rate) }), act: () => figure.slower(rate) });
  }
  return alert(errorSentence(figure.locale, error, figure.labelOf), ways);
}

/** @param {{ title: string, text: string }} sentence @param {Way[]} ways the main one first */
function alert({ title, text }, ways) {
  return html`<div class="cover veil"><div class="note bad" role="alert">
    <p class="t">${title}</p><p>${text}</p>
    <div class="row">${ways.map(
      ({ label, act }, i) => html`<button type="button" class=${i === 0 ? 'btn main' : 'btn'} @click=${act}>${label}</button>`,
    )}</div></div></div>`;
}

/** A line above the stage that can be closed. @param {Figure} figure @param {import('./uncrumple-lab.js').Notice} notice */
export function noticeOf(figure, notice) {
  return html`<div class=${notice.bad ? 'note bad' : 'note'} role=${notice.bad ? 'alert' : 'status'}>
    <p class="t">${notice.title}</p>
    ${notice.text ? html`<p>${notice.text}</p>` : nothing}
    ${notice.lines?.length
      ? html`<ul>${notice.lines.map(({ code, text }) => html`<li><code>${code}</code> ${text}</li>`)}</ul>`
      : nothing}
    <div class="row">${notice.way ? html`<button type="button" class="btn" @click=${notice.way.act}>${notice.way.label}</button>` : nothing}
      <button type="button" class="btn" @click=${() => figure.dismiss(notice)}>${figure.t('ui.close')}</button></div>
  </div>`;
}
