/** Errors and refused links in the reader's words: what happened, from the engine's code and data. */

/**
 * @typedef {import('./locale.js').Locale} Locale
 * @typedef {import('../lib/url-state.js').Problem} Problem
 * @typedef {{ title: string, text: string }} Sentence
 */

/** Errors whose `what` is a reason. */
const REASONS = ['csv', 'network-file', 'refused'];

/**
 * @param {Locale} locale
 * @param {{ code: string, message: string, data: Record<string, unknown> }} error
 * @param {(knob: string) => string} labelOf
 * @returns {Sentence} the engine's own English when there are no words for it
 */
export function errorSentence(locale, { code, message, data }, labelOf) {
  const key = `errors.${code}`;
  if (!locale.has(`${key}.title`)) return { title: locale.t('errors.other.title'), text: message };
  /** @type {import('../lib/i18n.js').Vars} */
  const vars = { message };
  for (const [name, value] of Object.entries(data)) {
    if (typeof value === 'number') vars[name] = locale.formats.number(value, Number.isInteger(value) ? {} : { maximumSignificantDigits: 3 });
    else if (typeof value === 'string') vars[name] = value;
  }
  if (typeof data.name === 'string') vars.name = labelOf(data.name);
  if (typeof data.what === 'string') vars.what = labelOf(data.what);
  // People count classes from one, as the key under the stage does.
  if (typeof data.class === 'number') vars.class = data.class + 1;
  const what = REASONS.includes(code) ? reasonOf(locale, code, String(data.what)) : undefined;
  return {
    title: locale.t(`${key}.title`, what ? { ...vars, what } : vars),
    text: locale.t(`${key}.text`, what ? { ...vars, what } : vars),
  };
}

/** The engine says in English what is wrong with a line or a file; a known reason is said in the reader's language. @param {Locale} locale @param {string} code @param {string} what */
function reasonOf(locale, code, what) {
  const [reason, ...cell] = what.split(': ');
  const key = `errors.${code}.reasons.${reason.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
  return locale.has(key) ? locale.t(key, { cell: cell.join(': ') }) : what;
}

/**
 * @param {Locale} locale
 * @param {Problem[]} problems
 * @param {(problem: Problem) => string} standIn the value that stands in, as text
 * @returns {{ title: string, lines: { code: string, text: string }[], more: number }}
 */
export function linkSentences(locale, problems, standIn) {
  const told = problems.slice(0, 5);
  return {
    title: locale.t('link.bad', { count: problems.length }),
    lines: told.map((problem) => ({
      code: `${problem.key}=${problem.value}`,
      text: locale.t(`link.why.${problem.why}`, { value: standIn(problem) }),
    })),
    more: problems.length - told.length,
  };
}
