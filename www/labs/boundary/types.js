/** The shapes that the parts of the boundary stage hand to each other; nothing here runs. */

/** @typedef {import('../../worker/protocol.js').About} About */
/** @typedef {import('../../worker/protocol.js').Channel} Channel */
/** @typedef {import('../../worker/protocol.js').KnobValue} KnobValue */
/** @typedef {import('../../lib/i18n.js').Translate} Translate */
/** @typedef {import('../../draw/palette.js').Palette} Palette */
/** @typedef {{ step: number, done: number, settled: boolean, channels: Record<string, Channel>, texts: Record<string, string> }} Frame */
/**
 * @typedef {object} StageContext what the element gives a stage
 * @property {{ stage: HTMLElement, net: HTMLElement, key: HTMLElement, charts: HTMLElement }} slots empty elements inside the shadow root
 * @property {Translate} t
 * @property {() => number} level of the figure's title among the page's headings
 * @property {(value: number, options?: Intl.NumberFormatOptions) => string} number
 * @property {(share: number, digits?: number) => string} percent
 * @property {(value: number | string, unit: import('../../worker/protocol.js').Unit) => string} readout
 * @property {() => Palette} tokens
 * @property {() => Record<string, KnobValue>} values
 * @property {(knob: string, value: KnobValue) => void} set turns a knob; Ctrl+Z turns it back
 * @property {(values: Record<string, KnobValue>) => void} together several by one press, to be turned back by one
 * @property {(knob: string, value: KnobValue) => void} look the same where there is nothing to take back: how the run is looked at, or what follows from something else
 * @property {(kind: string, data: number[] | Float32Array) => Promise<void>} input resolves when the run has had it
 * @property {(kind: string, data: number[] | Float32Array) => Promise<Float32Array>} ask
 * @property {() => void} openFile lets the visitor choose a file of points
 * @property {About} about
 * @property {(text: string) => void} announce
 * @property {ShadowRoot} root
 */
/**
 * @typedef {object} StageView what a stage gives back
 * @property {(frame: Frame) => void} frame
 * @property {() => void} resize
 * @property {() => void} theme
 * @property {() => string} summary
 * @property {() => { caption: string, head: string[], rows: string[][] }} table
 * @property {(group: string) => string} nowOf
 * @property {() => import('../../lib/i18n.js').Vars} vars what the read-outs' sentences name
 * @property {(share: number | undefined) => void} guess marks the reader's guess on the chart it is about
 * @property {() => boolean} undo takes the last stroke back
 * @property {() => boolean} [redo] makes it once more
 * @property {() => void} destroy
 */

/** @typedef {'held' | 'all' | 'none'} ArrowsOn */
/**
 * @typedef {object} Look how the visitor looks at the run; it changes no number
 * @property {ArrowsOn} arrows
 * @property {boolean} soft
 * @property {boolean} gradient
 * @property {boolean} contours
 * @property {number | null} unit row of `neurons` shown on the stage instead of the class field
 * @property {Float32Array | null} reading every unit's activation there
 */
/** @typedef {Look & import('../plane/brush.js').Brush} ViewState */
/**
 * @typedef {object} Parts what the parts of the stage share
 * @property {StageContext} ctx
 * @property {import('./store.js').Store} store
 * @property {ViewState} view
 * @property {(key: string, vars?: import('../../lib/i18n.js').Vars) => string} w words under labs.boundary.stage
 * @property {() => Palette} palette
 * @property {(kind: string, data: number[]) => void} edit changes the points by one dab of a stroke
 * @property {() => void} lift ends a stroke
 * @property {(what: 'undo' | 'redo') => void} again takes a whole stroke back, or does it once more
 * @property {(change: Partial<ViewState>) => void} show changes the view and repaints what depends on it
 * @property {(at: [number, number] | null, from: 'pointer' | 'keys') => void} read moves the crosshair and asks what the network does there
 */
export {};
