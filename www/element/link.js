/** What a figure's link holds, and beginning as a link or the attributes ask. */
import { toBase64url } from '../lib/base64url.js';
import { LAST_STEP, problemOf, readState, writeState } from '../lib/url-state.js';
import { chooseFile, ownAsset } from './own-file.js';
import { linkSentences } from './sentences.js';

/**
 * @typedef {import('./living.js').Living} Living
 * @typedef {import('./figure.js').Figure} Figure
 * @typedef {import('./run.js').Run} Run
 * @typedef {import('../worker/protocol.js').LabError} LabError
 * @typedef {{ v: number, lab: string, seed: number, at: number, knobs: Record<string, import('../worker/protocol.js').KnobValue> }} State
 */

/** The seed of a figure whose page and link name none. */
export const SEED = 1;

/** Seed, step, the knobs that differ from their defaults and what was done on the way. @param {Figure} figure */
export function linkText({ run, about }) {
  return run ? writeState(stateOf(run, Math.min(run.step, LAST_STEP)), about.knobs, { seed: SEED }) : '';
}

/** The same with the seed always named, for beginning again as it was. @param {Figure} figure @param {number} at */
export function keptText({ run, about }, at) {
  return run ? writeState(stateOf(run, at), about.knobs) : '';
}

/**
 * What was done is told as done at its step, so that the link gives the same numbers; where it is too much for a link,
 * the settings are told as they are now.
 *
 * @param {Run} run @param {number} at @returns {import('../lib/url-state.js').State}
 */
function stateOf({ seed, config, trail: { start, did } }, at) {
  return did ? { seed, at, knobs: start, did } : { seed, at, knobs: config };
}

/** Why a link to this moment does not give the same numbers, if it does not. @param {Figure} figure @returns {'tooLong' | 'late' | undefined} */
export function linkLacks({ run }) {
  if (run && !run.trail.did) return 'tooLong';
  return run && run.step > LAST_STEP ? 'late' : undefined;
}

/** What the visitor drew is in no state: a host page that is told of it learns settings and nothing else. @param {Figure} figure @returns {State} */
export function linkState(figure) {
  const { seed = SEED, at = 0, knobs } = readState(linkText(figure), figure.about.knobs).state;
  return { v: 1, lab: figure.lab, seed, at, knobs };
}

/**
 * Creates the lab as its link or, without one, its attributes ask; what cannot be used is told, and defaults stand in. Its files may
 * have been waited for: a link that came meanwhile holds.
 *
 * @param {Living} figure
 * @param {Run} run
 * @param {() => string} link
 * @returns {Promise<number>} the step to go to
 */
export async function begin(figure, run, link) {
  const { seed, at, knobs } = figure;
  const asked = () => link() || `seed=${seed || SEED}&at=${at || 0}${knobs ? `&${knobs}` : ''}`;
  let begun = asked();
  let step = await beginAs(figure, run, begun, (config, seed, did) => run.create(config, seed, did));
  while (begun !== asked()) step = await beginAgain(figure, run, (begun = asked()));
  return step;
}

/** Begins the running lab again as a link asks. @param {Figure} figure @param {Run} run @param {string} link */
export function beginAgain(figure, run, link) {
  return beginAs(figure, run, link, (config, seed, did) => run.reset({ config, seed, did }));
}

/**
 * @param {Figure} figure
 * @param {Run} run
 * @param {string} text
 * @param {(config: import('../worker/protocol.js').Config, seed: number, did?: Uint8Array) => Promise<void>} make
 * @returns {Promise<number>} the step to go to
 */
async function beginAs(figure, run, text, make) {
  const { state, problems } = readState(text, run.about.knobs, { also: ['lab'] });
  const { seed = SEED, at = 0, knobs, did } = state;
  tell(figure, run, problems);
  if (did) {
    try {
      await make(knobs, seed, did);
      return at;
    } catch (thrown) {
      if (/** @type {LabError} */ (thrown).fatal) throw thrown;
      tell(figure, run, [...problems, problemOf('did', toBase64url(did), 'did')]);
    }
  }
  try {
    await make(knobs, seed);
    return at;
  } catch (thrown) {
    const error = /** @type {LabError} */ (thrown);
    if (error.fatal) throw error;
    figure.refused(error);
    await make({}, seed);
    return 0;
  }
}

/** A figure that left its page came back with less than it had. @param {import('./uncrumple-lab.js').UncrumpleLab} figure */
export function tellLost(figure) {
  const { t } = figure;
  const way = ownAsset(figure) ? { label: t('ui.own.open'), act: () => chooseFile(figure) } : undefined;
  figure.note({ title: t('notes.lost.title'), text: t('notes.lost.text'), about: 'link', way });
}

/** A notice names what of a link was not used. @param {Figure} figure @param {Run} run @param {import('../lib/url-state.js').Problem[]} problems */
function tell(figure, { about }, problems) {
  figure.dismiss('link');
  if (problems.length === 0) return;
  const standIn = (/** @type {import('../lib/url-state.js').Problem} */ { key, used }) => {
    const knob = about.knobs.find(({ id }) => id === key);
    return knob ? figure.shownText(knob, used ?? knob.default) : '';
  };
  const { title, lines, more } = linkSentences(figure.locale, problems, standIn);
  figure.note({ title, lines, text: more > 0 ? figure.t('link.more', { count: more }) : undefined, about: 'link' });
}
