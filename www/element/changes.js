/**
 * Settings as the reader turns them: at most one request per knob under way, the newest value wins, and each gesture can
 * be taken back. So can other deeds that know their way back, in the same order.
 */

/**
 * @typedef {import('../worker/protocol.js').KnobValue} KnobValue
 * @typedef {import('../worker/protocol.js').LabError} LabError
 * @typedef {{ set: (knob: string, value: KnobValue) => Promise<void>, refused: (knob: string, error: LabError) => void,
 *   changed: () => void }} Deps
 * @typedef {{ knob: string, before: KnobValue, at: number }} Gesture
 * @typedef {{ name: string, back: () => void }} Deed
 */

const GESTURE_MS = 900;
const KEPT = 100;

export class Changes {
  /** Values asked for and not yet confirmed: what the controls show. @type {Map<string, KnobValue>} */
  pending = new Map();
  /** @type {(Gesture | Deed)[]} */
  #past = [];
  /** @type {Set<string>} */
  #underWay = new Set();
  #deps;
  #now;

  /** @param {Deps} deps @param {() => number} [now] */
  constructor(deps, now = () => performance.now()) {
    this.#deps = deps;
    this.#now = now;
  }

  /** @param {string} knob @param {KnobValue} value @param {KnobValue} before @param {boolean} [undoable] */
  turn(knob, value, before, undoable = true) {
    if (value === before) return;
    if (undoable) this.#remember(knob, before);
    this.#send(knob, value);
  }

  /** Something else was done. @param {string} name what it is called @param {() => void} back takes it back */
  did(name, back) {
    this.#keep({ name, back });
  }

  /** @param {string} knob @param {KnobValue} before */
  #remember(knob, before) {
    const latest = this.#past.at(-1);
    const same = latest && 'knob' in latest && latest.knob === knob && this.#now() - latest.at < GESTURE_MS;
    if (same) latest.at = this.#now();
    else this.#keep({ knob, before, at: this.#now() });
  }

  /** @param {Gesture | Deed} entry */
  #keep(entry) {
    this.#past.push(entry);
    if (this.#past.length > KEPT) this.#past.shift();
  }

  /** Takes the last gesture or deed back. @returns {string | undefined} the knob that went back, or what was done */
  undo() {
    const last = this.#past.pop();
    if (!last) return undefined;
    if ('back' in last) {
      last.back();
      return last.name;
    }
    this.#send(last.knob, last.before);
    return last.knob;
  }

  forget() {
    this.#past = [];
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
      if (latest && 'knob' in latest && latest.knob === knob) this.#past.pop();
      this.#deps.refused(knob, /** @type {LabError} */ (error));
    } finally {
      this.#underWay.delete(knob);
      this.#deps.changed();
    }
  }
}
