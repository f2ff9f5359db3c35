/**
 * What an embedded figure and the page around it say to each other by `postMessage`; every message has `uncrumple: 1`.
 *
 * The page around it is a stranger: six commands are understood, each checked to the last value, and what goes out is
 * numbers that measure something, none that says where. The only words are ours, out of the lists below: nothing a visitor
 * typed, drew or opened can be among them.
 *
 * @typedef {{ type: 'play' | 'pause' } | { type: 'step', steps: number } | { type: 'seek', step: number }
 *   | { type: 'reset', seed?: number } | { type: 'set', knob: string, value: number | string | boolean }} Command
 * @typedef {number | { [name: string]: Numbers }} Numbers
 */
import { LAST_SEED, LAST_STEP } from '../lib/url-state.js';

export const MARK = 1;
/** Longest text a knob takes from a stranger. */
const LONGEST = 200;
const NAME = /^[a-z][A-Za-z0-9-]{0,40}$/;

/** Every word an `error` may carry; what is not among them is said as the last. */
export const CODES = [
  'command', 'busy', 'start', 'panic', 'diverged', 'empty-class', 'too-many', 'too-large', 'parameter', 'non-finite', 'wrong-type',
  'choice', 'geometry', 'length', 'unknown-knob', 'failed',
];

/** @param {unknown} data @returns {data is Record<string, unknown>} */
export function isOurs(data) {
  return typeof data === 'object' && data !== null && Object.hasOwn(data, 'uncrumple') && /** @type {any} */ (data).uncrumple === MARK;
}

/**
 * A command out of a message, or `undefined` where it is none; its `id`, if it has a usable one, comes back with the answer.
 *
 * @param {Record<string, unknown>} data
 * @returns {{ id?: number, command?: Command }}
 */
export function readCommand(data) {
  const field = (/** @type {string} */ name) => (Object.hasOwn(data, name) ? data[name] : undefined);
  const id = field('id');
  return { ...(typeof id === 'number' && Number.isFinite(id) ? { id } : {}), command: read(field) };
}

/** @param {(name: string) => unknown} field @returns {Command | undefined} */
function read(field) {
  const type = field('type');
  switch (type) {
    case 'play':
    case 'pause':
      return { type };
    case 'step': {
      const steps = whole(field('steps') ?? 1, LAST_STEP);
      return steps === undefined ? undefined : { type, steps };
    }
    case 'seek': {
      const step = whole(field('step'), LAST_STEP);
      return step === undefined ? undefined : { type, step };
    }
    case 'reset': {
      if (field('seed') === undefined) return { type };
      const seed = whole(field('seed'), LAST_SEED);
      return seed === undefined ? undefined : { type, seed };
    }
    case 'set': {
      const [knob, value] = [field('knob'), field('value')];
      if (typeof knob !== 'string' || !NAME.test(knob) || !isValue(value)) return undefined;
      return { type, knob, value };
    }
    default:
      return undefined;
  }
}

/** @param {unknown} value @param {number} most */
function whole(value, most) {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= most ? value : undefined;
}

/** @param {unknown} value @returns {value is number | string | boolean} */
function isValue(value) {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value === 'boolean' || (typeof value === 'string' && value.length <= LONGEST);
}

/**
 * The numbers of an object, and of the objects in it; yes and no are 1 and 0, and texts stay behind.
 *
 * @param {Record<string, unknown>} object
 * @returns {Record<string, Numbers>}
 */
export function numbersOf(object) {
  /** @type {Record<string, Numbers>} */
  const numbers = {};
  for (const [name, value] of Object.entries(object)) {
    if (typeof value === 'number') numbers[name] = value;
    else if (typeof value === 'boolean') numbers[name] = Number(value);
    else if (typeof value === 'object' && value !== null) numbers[name] = numbersOf(/** @type {Record<string, unknown>} */ (value));
  }
  return numbers;
}

/** A read-out named after an axis is a place: `witnessX` lies on what the reader may have drawn. */
const PLACE = /[a-z][XYZ]$/;

/** The read-outs that measure something; the ones that are places stay behind. @param {Record<string, unknown>} readouts */
export function measuresOf(readouts) {
  return numbersOf(Object.fromEntries(Object.entries(readouts).filter(([name]) => !PLACE.test(name))));
}

/** @param {unknown} error */
export function codeOf(error) {
  const code = String(/** @type {{ code?: unknown } | null} */ (error)?.code);
  return CODES.includes(code) ? code : 'failed';
}
