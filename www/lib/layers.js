/** Hidden layers as text: "16,16", or "16:relu,8" where a layer has an activation of its own; "" is no hidden layer. */

/**
 * @typedef {{ units: number, activation?: string }} Layer
 * @typedef {import('../worker/protocol.js').LayersKind} LayersKind
 */

/**
 * @param {string} text
 * @param {LayersKind} kind
 * @returns {Layer[] | undefined} nothing when the text is not a network within the limits
 */
export function readLayers(text, kind) {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  const parts = trimmed.split(',');
  if (parts.length > kind.maxLayers) return undefined;
  /** @type {Layer[]} */
  const layers = [];
  for (const part of parts) {
    const match = /^(\d{1,6})(?::([a-z-]+))?$/.exec(part.trim());
    if (!match) return undefined;
    const units = Number(match[1]);
    const activation = match[2];
    if (units < 1 || units > kind.maxUnits) return undefined;
    if (activation !== undefined && !kind.activations.includes(activation)) return undefined;
    layers.push(activation === undefined ? { units } : { units, activation });
  }
  return layers;
}

/** @param {Layer[]} layers */
export function writeLayers(layers) {
  return layers.map(({ units, activation }) => (activation ? `${units}:${activation}` : `${units}`)).join(',');
}
