/**
 * The state a link holds: `v=1&seed=7&at=460&epsilon=0.2&layers=8,8&did=AQI…`. Versioned; only declared knobs are read,
 * each brought within its declared limits; what is at its default is left out. `did` is what was drawn and turned on the
 * way, packed by the engine (src/labs/trail.rs), which also checks it. Reading never throws, whatever the text.
 */
import { fromBase64url, toBase64url } from './base64url.js';
import { isDefault, readKnob, writeKnob } from './knobs.js';

/**
 * @typedef {import('../worker/protocol.js').Knob} Knob
 * @typedef {import('../worker/protocol.js').KnobValue} KnobValue
 * @typedef {{ seed?: number, at?: number, knobs: Record<string, KnobValue>, did?: Uint8Array }} State  `knobs`: as the run began
 * @typedef {import('./knobs.js').Why | 'did' | 'unknown' | 'whole' | 'version' | 'twice'} Why
 * @typedef {{ key: string, value: string, why: Why, used?: KnobValue }} Problem  `used` stands in; without it the default does
 */

export const VERSION = 1;
/** A run longer than this is not something to replay from a link. */
export const LAST_STEP = 1_000_000;
export const LAST_SEED = 0xffff_ffff;
/** Room for what the engine packs at most (8,000 characters) and every knob beside it. */
const LONGEST = 12_288;
const SHOWN = 40;
const RESERVED = ['v', 'seed', 'at', 'did'];

/**
 * @param {string} text with or without a leading `#` or `?`
 * @param {Knob[]} knobs
 * @param {{ also?: string[] }} [options] keys that belong to someone else and are passed over
 * @returns {{ state: State, problems: Problem[] }}
 */
export function readState(text, knobs, { also = [] } = {}) {
  /** @type {State} */
  const state = { knobs: {} };
  /** @type {Problem[]} */
  const problems = [];
  const byId = new Map(knobs.map((knob) => [knob.id, knob]));
  const seen = new Set();
  const params = new URLSearchParams(String(text).slice(0, LONGEST).replace(/^[#?]/, ''));
  for (const [key, value] of params) {
    if (also.includes(key) || key === '') continue;
    const problem = (/** @type {Why} */ why, /** @type {KnobValue | undefined} */ used = undefined) =>
      problems.push(problemOf(key, value, why, used));
    if (seen.has(key)) {
      problem('twice');
      continue;
    }
    seen.add(key);
    if (key === 'v') {
      // A later version's link still names knobs; what is not known of it is told key by key.
      if (value !== String(VERSION)) problem('version');
    } else if (key === 'seed' || key === 'at') {
      const whole = readWhole(value, key === 'seed' ? LAST_SEED : LAST_STEP);
      if (whole === undefined) problem('whole');
      else state[key] = whole;
    } else if (key === 'did') {
      const did = fromBase64url(value);
      if (did) state.did = did;
      else problem('did');
    } else {
      const knob = byId.get(key);
      if (!knob) {
        problem('unknown');
        continue;
      }
      const reading = readKnob(knob.kind, value);
      if (reading.value !== undefined) state.knobs[key] = reading.value;
      if (reading.why) problem(reading.why, reading.value);
    }
  }
  return { state, problems };
}

/**
 * The shortest text that `readState` reads as the same state.
 *
 * @param {State} state
 * @param {Knob[]} knobs
 * @param {{ seed?: number }} [given] the seed a figure has when its link names none
 */
export function writeState(state, knobs, given = {}) {
  /** @type {[string, string][]} */
  const pairs = [];
  if (state.seed !== undefined && state.seed !== given.seed) pairs.push(['seed', String(state.seed)]);
  if (state.at) pairs.push(['at', String(state.at)]);
  for (const knob of knobs) {
    const value = state.knobs[knob.id];
    if (value !== undefined && !isDefault(knob, value) && !RESERVED.includes(knob.id)) {
      pairs.push([knob.id, writeKnob(value)]);
    }
  }
  // Last, so that a link which is cut off is still read up to there, and known to be cut.
  if (state.did?.length) pairs.push(['did', toBase64url(state.did)]);
  if (pairs.length === 0) return '';
  return [['v', String(VERSION)], ...pairs].map(([key, value]) => `${encode(key)}=${encode(value)}`).join('&');
}

/** @param {string} key @param {string} value @param {Why} why @param {KnobValue} [used] @returns {Problem} */
export function problemOf(key, value, why, used) {
  return { key: cut(key), value: cut(value), why, ...(used === undefined ? {} : { used }) };
}

/** @param {string} text @param {number} last */
function readWhole(text, last) {
  if (!/^\d{1,10}$/.test(text)) return undefined;
  const value = Number(text);
  return value <= last ? value : undefined;
}

/** Commas and colons stay readable: they mean nothing else in a fragment. @param {string} text */
function encode(text) {
  return encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3A', ':');
}

/** What is quoted back at the reader is kept to a readable length. @param {string} text */
function cut(text) {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
