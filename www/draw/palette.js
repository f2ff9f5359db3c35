/** The colours a figure is printed in, read once from CSS custom properties, and the little arithmetic they need. */

/** @typedef {[number, number, number]} Rgb */
/** @typedef {{ fill: string, ink: string, tint: string }} ClassColours */
/**
 * @typedef {object} Palette
 * @property {string} paper
 * @property {string} sheet
 * @property {string} wash
 * @property {string} ink
 * @property {string} ink2
 * @property {string} ink3
 * @property {string} rule
 * @property {string} edge
 * @property {string} accent
 * @property {string} accentWash
 * @property {string} onAccent
 * @property {string} fieldMid
 * @property {string} markEdge
 * @property {string} mark
 * @property {string} good what is proved
 * @property {string} sans
 * @property {ClassColours[]} classes five, in the fixed order blue, orange, teal, rose, olive
 */

export const CLASSES = 5;

/**
 * @param {(name: string) => string} read the value of a custom property, named without its dashes
 * @returns {Palette}
 */
export function palette(read) {
  return {
    paper: read('paper'),
    sheet: read('sheet'),
    wash: read('wash'),
    ink: read('ink'),
    ink2: read('ink-2'),
    ink3: read('ink-3'),
    rule: read('rule'),
    edge: read('edge'),
    accent: read('accent'),
    accentWash: read('accent-wash'),
    onAccent: read('on-accent'),
    fieldMid: read('field-mid'),
    markEdge: read('mark-edge'),
    mark: read('mark'),
    good: read('good'),
    sans: read('sans') || 'sans-serif',
    classes: Array.from({ length: CLASSES }, (_, k) => ({
      fill: read(`c${k + 1}`),
      ink: read(`c${k + 1}-ink`),
      tint: read(`c${k + 1}-tint`),
    })),
  };
}

/**
 * `#rgb`, `#rrggbb` or `rgb(r g b)` as three bytes; anything else is black.
 * @param {string} colour
 * @returns {Rgb}
 */
export function rgb(colour) {
  const text = colour.trim();
  const hex = /^#([0-9a-f]{3,8})$/i.exec(text)?.[1];
  if (hex) {
    const long = hex.length < 6 ? [...hex].map((digit) => digit + digit).join('') : hex;
    return /** @type {Rgb} */ ([0, 2, 4].map((at) => parseInt(long.slice(at, at + 2), 16)));
  }
  const parts = /^rgba?\(([^)]*)\)$/i.exec(text)?.[1]?.split(/[\s,/]+/).filter(Boolean).map(Number) ?? [];
  return /** @type {Rgb} */ ([parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0].map(byte));
}

/** @param {number} value */
const byte = (value) => Math.max(0, Math.min(255, Math.round(value) || 0));

/**
 * @param {Rgb} a
 * @param {Rgb} b
 * @param {number} t 0 gives a, 1 gives b
 * @returns {Rgb}
 */
export function mix(a, b, t) {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

/**
 * An opaque pixel as one 32-bit word of an RGBA image (every engine that runs wasm is little-endian).
 * @param {Rgb} colour
 */
export function pixel([r, g, b]) {
  return ((255 << 24) | (byte(b) << 16) | (byte(g) << 8) | byte(r)) >>> 0;
}
