/** Numbers as the reader's language writes them: digits by purpose, per cent, signs and narrow spaces by locale. */

/**
 * @typedef {import('../worker/protocol.js').Knob} Knob
 * @typedef {import('../worker/protocol.js').KnobValue} KnobValue
 * @typedef {Intl.NumberFormatOptions} Options
 * @typedef {ReturnType<typeof formats>} Formats
 */

/** What stands where nothing was measured. */
export const NOTHING = '–';

/** Numbers below this are written with a power of ten: nobody counts the zeros of 0.000 000 3. */
const TINY = 1e-4;
/** @type {Record<string, string>} */
const RAISED = { '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹' };

/** Options that change nothing about a small whole number. */
const MOST_ONLY = ['', 'maximumFractionDigits'];
/**
 * Whether every language we have writes a number just so: no page begins with any other, and making a format takes a phone
 * longer than all its first words do.
 * @param {number} value
 */
export const isPlain = (value) => Number.isInteger(value) && value >= 0 && value < 1000 && !Object.is(value, -0);

/** @param {string} lang */
export function formats(lang) {
  /** @type {Map<string, Intl.NumberFormat>} */
  const made = new Map();
  const make = (/** @type {Options} */ options) => {
    const key = JSON.stringify(options);
    let format = made.get(key);
    // Below zero by less than is shown is written 0, not −0.
    if (!format) made.set(key, (format = new Intl.NumberFormat(lang, { signDisplay: 'negative', ...options })));
    return format;
  };
  // French groups digits with U+202F already; the sign for per cent keeps the same narrow space in both languages.
  const percentSpace = '\u202f';

  /** @param {number} value @param {Options} [options] */
  function number(value, options = {}) {
    if (!Number.isFinite(value)) return NOTHING;
    if (isPlain(value) && MOST_ONLY.includes(Object.keys(options).join())) return String(value);
    return make(options).format(value).replace('-', '−');
  }
  /** A share of one, as whole per cents or with `digits` decimals, without its sign. @param {number} share @param {number} [digits] */
  function hundredths(share, digits = 0) {
    return number(100 * share, { maximumFractionDigits: digits });
  }
  /** @param {number} share @param {number} [digits] */
  function percent(share, digits = 0) {
    return Number.isFinite(share) ? `${hundredths(share, digits)}${percentSpace}%` : NOTHING;
  }
  /** As `hundredths`; what is not quite everything or nothing has a tenth, and is never rounded to all or none. @param {number} share */
  function nearly(share) {
    if (share > 0.995 && share < 1) return hundredths(Math.min(share, 0.999), 1);
    return share > 0 && share < 0.005 ? hundredths(Math.max(share, 0.001), 1) : hundredths(share);
  }
  /** A number too small to be written out, as so many times a power of ten. @param {number} value */
  function power(value) {
    const [digits, exponent] = value.toExponential(1).split('e');
    const raised = [...String(Number(exponent))].map((sign) => RAISED[sign]).join('');
    return `${number(Number(digits), { minimumFractionDigits: 1 })} × 10${raised}`;
  }
  /** A read-out by its unit. @param {number | string} value @param {import('../worker/protocol.js').Unit} unit */
  function readout(value, unit) {
    if (typeof value === 'string') return value || NOTHING;
    if (unit === 'share') return percent(value, 1);
    if (unit === 'count') return number(value, { maximumFractionDigits: 0 });
    if (value !== 0 && Math.abs(value) < TINY) return power(value);
    return number(value, significant(value));
  }
  /** A knob's number: as many decimals as its step, two significant digits on a log scale. @param {Knob} knob @param {KnobValue} value */
  function knobNumber({ kind }, value) {
    const v = Number(value);
    if (kind.type !== 'number') return String(value);
    if (kind.integer) return number(v, { maximumFractionDigits: 0 });
    if (kind.scale === 'log') return number(v, { minimumSignificantDigits: 2, maximumSignificantDigits: 3 });
    const digits = decimals(kind.step);
    if (v === 0 && digits > 2) return number(0);
    // A small weight between two stops of its slider is still shown, not rounded to nothing.
    if (v !== 0 && Math.abs(v) < kind.step / 2) return number(v, { maximumSignificantDigits: 2 });
    return number(v, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  }
  return { lang, number, power, hundredths, nearly, percent, readout, knobNumber };
}

/** Three significant digits, fixed decimals for sizes people compare. @param {number} value @returns {Options} */
function significant(value) {
  const size = Math.abs(value);
  if (size >= 1000) return { maximumFractionDigits: 0 };
  if (size >= 0.0995 || size === 0) return { minimumFractionDigits: 3, maximumFractionDigits: 3 };
  return { minimumSignificantDigits: 2, maximumSignificantDigits: 2 };
}

/** Decimals a step needs: 0.05 has two. @param {number} step */
export function decimals(step) {
  for (let digits = 0; digits < 8; digits++) {
    const scaled = step * 10 ** digits;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * Math.max(1, scaled)) return digits;
  }
  return 8;
}
