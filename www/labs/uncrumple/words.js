/** What the uncrumple stage says: where one looks, its text alternative, its summary and its table. */

/** @typedef {import('./types.js').StageContext} StageContext */
/** @typedef {import('./types.js').ViewState} ViewState */
/** @typedef {import('./store.js').Store} Store */
/** @typedef {{ name: string, value: string }} Station */
/**
 * @typedef {object} Parts what the parts of the stage share
 * @property {StageContext} ctx
 * @property {Store} store
 * @property {ViewState} view
 * @property {{ text: string, bad: boolean }} message
 * @property {() => Station[]} stations
 * @property {() => boolean} cutShown
 * @property {(key: string, vars?: import('../../lib/i18n.js').Vars) => string} w words under labs.uncrumple.stage
 */

/** @param {StageContext} ctx @param {number} share */
const percent = (ctx, share) => ctx.percent(share, 1);

/** The layers' stations, each with how much of the classes a flat cut reads there. @param {Parts} parts @returns {Station[]} */
export function layerStations({ ctx, store, w }) {
  return Array.from({ length: store.count }, (_, k) => ({
    name: k === 0 ? w('strip.input') : String(k),
    value: percent(ctx, k === 0 ? store.readouts.rawProbe : store.probe[k - 1]),
  }));
}

/** The exact inverse's, fold by fold. @param {Parts} parts @param {number} count @returns {Station[]} */
export function foldStations({ ctx, store, w }, count) {
  return Array.from({ length: count }, (_, k) => ({
    name: k === 0 ? w('strip.input') : k === count - 1 ? w('strip.flat') : String(-k),
    value: k === 0 ? percent(ctx, store.readouts.rawProbe) : k === count - 1 ? percent(ctx, store.readouts.inverseProbe) : '',
  }));
}

/** What is seen at the present station, and how. @param {Parts} parts */
export function seen({ ctx, store, view, stations, w }) {
  const at = Math.round(view.station);
  const last = stations().length - 1;
  if (view.exact) return at === 0 ? w('seen.input') : w('seen.undone', { count: at });
  const layer = store.layers[at];
  if (at === 0 || !layer) return w('seen.input');
  const vars = { layer: at, last, width: layer.width, share: ctx.percent(layer.share) };
  return layer.width > 3 ? w('seen.projection', vars) : w('seen.whole', vars);
}

/** @param {Parts} parts */
export function altText(parts) {
  return `${parts.w('alt')} ${seen(parts)}`;
}

/** @param {Parts} parts */
export function summary(parts) {
  const { ctx, store, w } = parts;
  const { accuracy, testAccuracy, rawProbe, inverseProbe } = store.readouts;
  const numbers = { step: store.step, accuracy, testAccuracy, rawProbe, inverseProbe };
  const said = Object.fromEntries(Object.entries(numbers).map(([id, v]) => [id, id === 'step' ? ctx.number(v) : percent(ctx, v)]));
  return `${w('summary', said)} ${seen(parts)}`;
}

/** @param {Parts} parts */
export function table({ ctx, store, w }) {
  const rows = store.layers.map(({ width, share }, k) => [
    k === 0 ? w('strip.input') : w('table.layer', { layer: k }),
    ctx.number(width),
    ctx.percent(share),
    percent(ctx, k === 0 ? store.readouts.rawProbe : store.probe[k - 1]),
  ]);
  const inverse = [w('table.inverse'), ctx.number(3), ctx.percent(1), percent(ctx, store.readouts.inverseProbe)];
  return { caption: w('table.caption'), head: ['place', 'width', 'share', 'probe'].map((id) => w(`table.${id}`)), rows: [...rows, inverse] };
}
