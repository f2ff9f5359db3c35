// Writes pkg/modules.js: which module of the wasm has a lab, asked of the modules themselves.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PKG = fileURLToPath(new URL('../pkg/', import.meta.url));

/** @type {Record<string, string>} */
const moduleOf = {};
const folders = readdirSync(PKG, { withFileTypes: true }).filter((entry) => entry.isDirectory());
for (const { name } of folders) {
  const built = ['simd', 'scalar'].map((kind) => `${PKG}${name}/${kind}/uncrumple`).find((path) => existsSync(`${path}.js`));
  if (!built) continue;
  const { Lab, initSync } = await import(`${built}.js`);
  initSync({ module: readFileSync(`${built}_bg.wasm`) });
  for (const lab of Lab.ids()) moduleOf[lab] = name;
}
writeFileSync(
  `${PKG}modules.js`,
  `/** Which module has a lab. @type {Record<string, string>} */\nexport const MODULE_OF = ${JSON.stringify(moduleOf, null, 2)};\n`,
);
