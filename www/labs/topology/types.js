/** The shapes that the parts of the topology stage hand to each other; nothing here runs. */

/** @typedef {import('../boundary/types.js').StageContext} StageContext */
/** @typedef {import('../boundary/types.js').StageView} StageView */
/** @typedef {import('../../draw/palette.js').Palette} Palette */
/** @typedef {import('../../draw/orbit.js').Orbit} Orbit */
/** @typedef {'look' | 'draw' | 'move'} Tool */
/**
 * @typedef {object} ViewState how the visitor looks at the run; it changes no number
 * @property {Tool} tool
 * @property {Orbit} space how the points of space are turned
 * @property {Orbit} hidden how the last hidden layer is turned
 * @property {number} point which control point is chosen, counted over both curves; −1: none
 * @property {number[] | null} first the first of two curves being drawn, once it is there
 * @property {number[] | null} stroke the curve under the pointer
 * @property {[number[], number[]] | null} moved both curves while a point of them is being moved
 * @property {string} refused key of what was wrong with the last curves
 */
/**
 * @typedef {object} Parts what the parts of the stage share
 * @property {StageContext} ctx
 * @property {import('./store.js').Store} store
 * @property {ViewState} view
 * @property {(key: string, vars?: import('../../lib/i18n.js').Vars) => string} w words under labs.topology.stage
 * @property {() => Palette} palette
 * @property {(change: Partial<ViewState>) => void} show changes the view and repaints what depends on it
 * @property {(curves: [number[], number[]]) => Promise<boolean>} propose asks for a judgement of two curves, and trains on them if they are fair
 */
export {};
