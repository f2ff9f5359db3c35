/** What a knob accepts: reading a value from text, bringing it within limits, and comparing it with its default. */
import { readLayers, writeLayers } from './layers.js';

/**
 * @typedef {import('../worker/protocol.js').Knob} Knob
 * @typedef {import('../worker/protocol.js').KnobKind} KnobKind
 * @typedef {import('../worker/protocol.js').KnobValue} KnobValue
 * @typedef {'number' | 'range' | 'choice' | 'flag' | 'layers' | 'subset'} Why
 * @typedef {{ value: KnobValue, why?: undefined } | { value?: KnobValue, why: Why }} Reading
 *   `value` alone: as written. With `why`: a number brought within its limits; without a value: unusable.
 */

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const YES = ['1', 'true', 'on', 'yes'];
const NO = ['0', 'false', 'off', 'no'];

/**
 * A knob's value from text that anyone may have written.
 *
 * @param {KnobKind} kind
 * @param {string} text
 * @returns {Reading}
 */
export function readKnob(kind, text) {
  switch (kind.type) {
    case 'number':
      return readNumber(kind, text);
    case 'choice':
      return kind.choices.includes(text) ? { value: text } : { why: 'choice' };
    case 'flag':
      if (YES.includes(text)) return { value: true };
      return NO.includes(text) ? { value: false } : { why: 'flag' };
    case 'layers': {
      const layers = readLayers(text, kind);
      return layers ? { value: writeLayers(layers) } : { why: 'layers' };
    }
    case 'name':
      return [...text].length <= kind.max ? { value: text } : { why: 'choice' };
    case 'subset': {
      const wanted = text.split(',').map((word) => word.trim());
      const known = wanted.every((word) => kind.choices.includes(word));
      // In the order of declaration, each once: two texts of the same set are the same value.
      return known ? { value: kind.choices.filter((c) => wanted.includes(c)).join(',') } : { why: 'subset' };
    }
  }
}

/** @param {import('../worker/protocol.js').NumberKind} kind @param {string} text @returns {Reading} */
function readNumber({ min, max, integer }, text) {
  const value = NUMBER.test(text.trim()) ? Number(text) : NaN;
  if (!Number.isFinite(value)) return { why: 'number' };
  const whole = integer ? Math.round(value) : value;
  if (whole < min) return { value: min, why: 'range' };
  if (whole > max) return { value: max, why: 'range' };
  return { value: whole };
}

/** A knob's value as a link writes it. @param {KnobValue} value */
export function writeKnob(value) {
  if (typeof value === 'boolean') return value ? '1' : '0';
  return String(value);
}

/** @param {Knob} knob @param {KnobValue | undefined} value */
export function isDefault(knob, value) {
  if (value === undefined) return true;
  const { kind } = knob;
  // The engine holds numbers as 32-bit floats: 0.1 comes back as 0.10000000149.
  if (kind.type === 'number') return Math.fround(Number(value)) === Math.fround(Number(knob.default));
  if (kind.type !== 'layers' && kind.type !== 'subset') return value === knob.default;
  const own = readKnob(kind, String(knob.default)).value ?? knob.default;
  return (readKnob(kind, String(value)).value ?? value) === own;
}

/** Every knob at its default. @param {Knob[]} knobs @returns {Record<string, KnobValue>} */
export function defaults(knobs) {
  return Object.fromEntries(knobs.map((knob) => [knob.id, knob.default]));
}

/**
 * A number as declared, out of a 32-bit float: the shortest decimal that is the same float.
 *
 * @param {number} value
 */
export function shortest(value) {
  const single = Math.fround(value);
  if (!Number.isFinite(single) || Number.isInteger(value) || single !== value) return value;
  for (let digits = 1; digits < 9; digits++) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.fround(candidate) === single) return candidate;
  }
  return value;
}
