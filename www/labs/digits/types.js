/** The shapes that the parts of the digits stage hand to each other; nothing here runs. */

/** @typedef {import('../boundary/types.js').StageContext & { load: (asset: string, bytes: Uint8Array) => Promise<void> }} StageContext */
/** @typedef {import('../boundary/types.js').StageView} StageView */
/** @typedef {import('../boundary/types.js').Frame} Frame */
/** @typedef {import('../../draw/palette.js').Palette} Palette */
/** @typedef {import('./store.js').Store} Store */

/**
 * @typedef {object} ViewState how the visitor looks at the run; it changes no number
 * @property {number} row of `push` that is shown; beyond the last is the last
 * @property {boolean} before the original stands in the place of the pushed picture, to compare
 */
/**
 * @typedef {object} Parts what the parts of the stage share
 * @property {StageContext} ctx
 * @property {Store} store
 * @property {ViewState} view
 * @property {(key: string, vars?: import('../../lib/i18n.js').Vars) => string} w words under labs.digits.stage
 * @property {() => Palette} palette
 * @property {(change: Partial<ViewState>) => void} show changes the view and repaints what depends on it
 * @property {() => void} drew the reader's own drawing changed: it is what is shown now
 */
/** @typedef {{ draw: () => void, resize?: () => void, stop?: () => void, guess?: (share: number | undefined) => void }} Part */
export {};
