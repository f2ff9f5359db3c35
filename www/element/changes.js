/**
 * Settings as the reader turns them: at most one request per knob under way, the newest value wins, and each gesture can
 * be taken back and made again. Other deeds that know their way back are taken back in the same order.
 */

/**
 * @typedef {import('../worker/protocol.js').KnobValue} KnobValue
 * @typedef {import('../worker/protocol.js').LabError} LabError
 * @typedef {Record<string, KnobValue>} Values
 * @typedef {{ value: (knob: string) => KnobValue, set: (knob: string, value: KnobValue) => Promise<void>,
 *   refused: (knob: string, error: LabError) => void, changed: () => void }} Deps
 * @typedef {{ before: Values, at: number }} Gesture
 * @typedef {{ name: string, back: () => void }} Deed
 */

const GESTURE_MS = 900;
const KEPT = 100;

export class Changes {
  /** Values asked for and not yet confirmed: what the controls show. @type {Map<string, KnobValue>} */
  pending = new Map();
  /** @type {(Gesture | Deed)[]} */
  #past = [];
  /** Gestures taken back. @type {Gesture[]} */
  #undone = [];
  /** @type {Set<string>} */
  #underWay = new Set();
  #deps;
  #now;

  /** @param {Deps} deps @param {() => number} [now] */
  constructor(deps, now = () => performance.now()) {
    this.#deps = deps;
    this.#now = now;
  }

  /** Several knobs turned together are one gesture. @param {Values} asked @param {boolean} [undoable] */
  turn(asked, undoable = true) {
    const other = Object.keys(asked).filter((knob) => asked[knob] !== this.#deps.value(knob));
    if (other.length === 0) return;
    if (undoable) this.#remember(this.#valuesOf(other));
    for (const knob of other) this.#send(knob, asked[knob]);
  }

  /** Something else was done. @param {string} name what it is called @param {() => void} back takes it back */
  did(name, back) {
    this.#undone = [];
    this.#keep({ name, back });
  }

  /** Takes the last gesture or deed back. @returns {string | undefined} a knob that went back, or what was done */
  undo() {
    const last = this.#past.pop();
    if (!last) return undefined;
    if ('before' in last) return this.#goBack(last, this.#undone);
    last.back();
    return last.name;
  }

  /** Makes the gesture last taken back once more. @returns {string | undefined} a knob of it */
  redo() {
    const last = this.#undone.pop();
    return last && this.#goBack(last, this.#past);
  }

  forget() {
    this.#past = [];
    this.#undone = [];
  }

  /** @param {Gesture} gesture @param {(Gesture | Deed)[]} other where the way back from there is kept */
  #goBack({ before }, other) {
    const knobs = Object.keys(before).reverse();
    other.push({ before: this.#valuesOf(knobs), at: -Infinity });
    for (const knob of knobs) this.#send(knob, before[knob]);
    return knobs[0];
  }

  /** @param {string[]} knobs @returns {Values} */
  #valuesOf(knobs) {
    return Object.fromEntries(knobs.map((knob) => [knob, this.#deps.value(knob)]));
  }

  /** @param {Values} before */
  #remember(before) {
    this.#undone = [];
    const [latest, at] = [this.#past.at(-1), this.#now()];
    const same = latest && 'before' in latest && at - latest.at < GESTURE_MS && String(Object.keys(latest.before)) === String(Object.keys(before));
    if (same) latest.at = at;
    else this.#keep({ before, at });
  }

  /** @param {Gesture | Deed} entry */
  #keep(entry) {
    this.#past.push(entry);
    if (this.#past.length > KEPT) this.#past.shift();
  }

  /** @param {string} knob @param {KnobValue} value */
  #send(knob, value) {
    this.pending.set(knob, value);
    this.#deps.changed();
    if (!this.#underWay.has(knob)) this.#flush(knob);
  }

  /** @param {string} knob */
  async #flush(knob) {
    this.#underWay.add(knob);
    try {
      for (;;) {
        const value = this.pending.get(knob);
        if (value === undefined) break;
        await this.#deps.set(knob, value);
        if (this.pending.get(knob) === value) this.pending.delete(knob);
      }
    } catch (error) {
      this.pending.delete(knob);
      const latest = this.#past.at(-1);
      if (latest && 'before' in latest && knob in latest.before) this.#past.pop();
      this.#deps.refused(knob, /** @type {LabError} */ (error));
    } finally {
      this.#underWay.delete(knob);
      this.#deps.changed();
    }
  }
}
