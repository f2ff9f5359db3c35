/** What a figure's link holds, and beginning as a link or the attributes ask. */
import { LAST_STEP, readState, writeState } from '../lib/url-state.js';
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

/** Seed, step and the knobs that differ from their defaults. @param {Figure} figure */
export function linkText({ run, about }) {
  if (!run) return '';
  return writeState({ seed: run.seed, at: Math.min(run.step, LAST_STEP), knobs: run.config }, about.knobs, { seed: SEED });
}

/** The same with the seed always named, for beginning again as it was. @param {Figure} figure @param {number} at */
export function keptText({ run, about }, at) {
  return run ? writeState({ seed: run.seed, at, knobs: run.config }, about.knobs) : '';
}

/** @param {Figure} figure @returns {State} */
export function linkState(figure) {
  const { seed = SEED, at = 0, knobs } = readState(linkText(figure), figure.about.knobs).state;
  return { v: 1, lab: figure.lab, seed, at, knobs };
}

/**
 * Creates the lab as its link or, without one, its attributes ask; what cannot be used is told, and defaults stand in.
 *
 * @param {Living} figure
 * @param {Run} run
 * @param {string} link
 * @returns {Promise<number>} the step to go to
 */
export async function begin(figure, run, link) {
  const { seed: own, at: there, knobs: turned } = figure;
  const asked = link || `seed=${own || SEED}&at=${there || 0}${turned ? `&${turned}` : ''}`;
  const { seed = SEED, at = 0, knobs } = readLink(figure, run, asked);
  try {
    await run.create(knobs, seed);
    return at;
  } catch (thrown) {
    const error = /** @type {LabError} */ (thrown);
    if (error.fatal) throw error;
    figure.refused(error);
    await run.create({}, seed);
    return 0;
  }
}

/** Reads a link for this lab's knobs; a notice names what was not used. @param {Figure} figure @param {Run} run @param {string} text */
export function readLink(figure, { about }, text) {
  const { state, problems } = readState(text, about.knobs, { also: ['lab'] });
  figure.dismiss('link');
  if (problems.length > 0) {
    const standIn = (/** @type {import('../lib/url-state.js').Problem} */ { key, used }) => {
      const knob = about.knobs.find(({ id }) => id === key);
      return knob ? figure.shownText(knob, used ?? knob.default) : '';
    };
    const { title, lines, more } = linkSentences(figure.locale, problems, standIn);
    figure.note({ title, lines, text: more > 0 ? figure.t('link.more', { count: more }) : undefined, about: 'link' });
  }
  return state;
}
