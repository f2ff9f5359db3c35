/** A file of the reader's own, points or a network: given to the engine, or a cover that says what could not be read. */

/** @typedef {import('./uncrumple-lab.js').UncrumpleLab} Figure */
/** @typedef {import('../worker/protocol.js').LabError} LabError */

export const NETWORK = 'network.safetensors';
/** More than a figure can train on by far; read no further than what shows it. */
const MOST_BYTES = (64 << 20) + 1;
/** A file with more bad lines than this is not a file of points. */
const MOST_SKIPPED = 500;

/**
 * Never rejects: a file that cannot be read is told on the stage, and the running figure is as it was.
 *
 * @param {Figure} figure
 * @param {string} asset
 * @param {Uint8Array} bytes
 */
export async function useFile(figure, asset, bytes) {
  try {
    // Not every lab that opens a network has one of its own to save.
    const former = asset === NETWORK && figure.about.exports.includes(NETWORK) ? await figure.run?.exported(NETWORK) : undefined;
    await figure.load(asset, bytes);
    figure.uncover();
    if (former) opened(figure, former);
    else if (asset === NETWORK) figure.note({ title: figure.t('ui.network.opened'), about: 'file' });
  } catch (thrown) {
    refuse(figure, asset, /** @type {LabError} */ (thrown), bytes);
  }
}

/** Told, with the way back, which is Ctrl+Z's too: the network that was there, weight for weight. @param {Figure} figure @param {Uint8Array} former */
function opened(figure, former) {
  const way = { label: figure.t('ui.network.back'), act: () => useFile(figure, NETWORK, former) };
  figure.note({ title: figure.t('ui.network.opened'), about: 'file', way });
  figure.did(figure.t('ui.network.open'), () => {
    figure.dismiss('file');
    return figure.load(NETWORK, former);
  });
}

/** @param {Figure} figure @param {string} asset @param {LabError} error @param {Uint8Array} [bytes] */
function refuse(figure, asset, error, bytes) {
  if (error.fatal) return; // told already: the worker is gone
  const skip = bytes && badLine(error) ? () => skipping(figure, asset, bytes) : undefined;
  figure.cover({ kind: 'file', error, asset, skip });
}

/** The engine knows which lines it can read: each it refuses is left out until it takes the rest. @param {Figure} figure @param {string} asset @param {Uint8Array} bytes */
async function skipping(figure, asset, bytes) {
  const lines = new TextDecoder().decode(bytes).split(/\r\n|\n|\r/);
  for (let skipped = 0; ; skipped++) {
    try {
      await figure.load(asset, new TextEncoder().encode(lines.join('\n')));
      figure.uncover();
      return figure.note({ title: figure.t('ui.own.skipped', { count: skipped }), about: 'file' });
    } catch (thrown) {
      const error = /** @type {LabError} */ (thrown);
      const line = badLine(error);
      if (line === undefined || skipped === MOST_SKIPPED || !lines[line - 1]) return refuse(figure, asset, error);
      lines[line - 1] = ''; // blank lines are passed over, and the numbers of the others stay
    }
  }
}

/** @param {LabError} error */
function badLine({ code, data }) {
  return code === 'csv' && typeof data.line === 'number' ? data.line : undefined;
}

/** The file a figure takes from its reader, if there is one. @param {Figure} figure */
export function ownAsset({ about }) {
  return about.assets.find((name) => name.endsWith('.csv'));
}

/** The same, where the figure also saves it. @param {Figure} figure */
export function savedAs(figure) {
  const asset = ownAsset(figure);
  return asset && figure.about.exports.includes(asset) ? asset : undefined;
}

/** @param {Figure} figure @param {string} [asset] */
export function chooseFile(figure, asset = ownAsset(figure)) {
  if (!asset) return;
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = asset === NETWORK ? '.safetensors' : '.csv,.tsv,.txt,text/csv,text/plain';
  input.addEventListener('change', async () => {
    const file = input.files?.[0];
    if (file) await useFile(figure, asset, new Uint8Array(await file.slice(0, MOST_BYTES).arrayBuffer()));
  });
  input.click();
}
