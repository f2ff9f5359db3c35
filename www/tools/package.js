// `./build.sh package`: the npm package, into www/dist-package/uncrumple-<version>.tgz. Its parts are in www/package/.
//
// Three bundles: the element with its stages, its worker in one file, and the class for Node. A consumer's bundler must meet the
// addresses of worker and wasm as it knows them, `new URL('./…', import.meta.url)`; Vite would resolve them here, so names stand in
// for them until it is done.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { wordsInParts } from './words.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const WWW = `${ROOT}www/`;
const OUT = `${WWW}dist-package/`;
const STAGE = `${OUT}package/`;

const nameOf = (/** @type {string} */ module, /** @type {string} */ kind) => `${module}${kind[0].toUpperCase()}${kind.slice(1)}Wasm`;
const address = (/** @type {string} */ file) => `new URL('./${file}', import.meta.url)`;
/** @param {string} file */
function standIn(file) {
  return `shipped_${file.replaceAll(/\W/g, '_')}`;
}

/** Where files lie that labs ship with. */
const FOLDERS = ['digits', 'imagenet'];
const DATA = /\.(?:bin\.gz|webp)$|^labels\.txt$/;
/** They go beside the bundles: Vite would write them into the code, eight million bytes of it. @type {Record<string, { folder: string, file: string }>} by the name that stands in */
const SHIPPED = Object.fromEntries(
  FOLDERS.flatMap((folder) =>
    readdirSync(`${WWW}assets/${folder}`)
      .filter((file) => DATA.test(file))
      .map((file) => [standIn(file), { folder, file }]),
  ),
);
/** The engine: every module, with SIMD and without. */
const WASM = ['plane', 'pictures'].flatMap((module) =>
  ['simd', 'scalar'].map((kind) => ({ module, kind, name: nameOf(module, kind), file: `${module}-${kind}.wasm` })),
);
/** @type {Record<string, string>} */
const ADDRESSES = {
  ...Object.fromEntries(Object.entries(SHIPPED).map(([name, { file }]) => [name, address(file)])),
  ...Object.fromEntries(WASM.map(({ name, file }) => [name, address(file)])),
  startWorker: `new Worker(${address('worker.js')}, { type: 'module', name: 'uncrumple' })`,
};

/** Names of the packages that were bundled. @type {Set<string>} */
const bundled = new Set();

/** @returns {import('vite').Plugin} */
function addresses() {
  return {
    name: 'uncrumple-package',
    enforce: 'pre',
    transform(code, id) {
      const [, module, kind] = /\/pkg\/(\w+)\/(simd|scalar)\/uncrumple\.js$/.exec(id) ?? [];
      if (id.includes('/labs/')) code = shippedNames(code);
      if (module) return code.replaceAll(/new URL\([^)]*import\.meta\.url\)/g, nameOf(module, kind));
      if (id.includes('/style/tokens.css')) return code.replaceAll(/@font-face\s*\{[^}]*\}/g, '');
      if (id.endsWith('/worker/spawn.js')) return 'export const spawn = () => startWorker;';
      return code;
    },
    renderChunk(code, { moduleIds }) {
      for (const id of moduleIds) {
        const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
        if (name) bundled.add(name);
      }
      return code.replaceAll(/\b(\w+(?:Simd|Scalar)Wasm|startWorker|shipped_\w+)\b/g, (name) => ADDRESSES[name] ?? name);
    },
  };
}

/** @param {string} code of a stage */
const shippedNames = (code) =>
  code.replaceAll(/new URL\('[^']*\/assets\/(?:digits|imagenet)\/([^']*)', import\.meta\.url\)/g, (_, file) => standIn(file));

/** @param {string} name @param {string} entry @param {boolean} splits whether parts may be fetched when they are needed */
async function bundle(name, entry, splits) {
  await build({
    root: WWW,
    configFile: false,
    logLevel: 'warn',
    mode: 'package',
    plugins: [wordsInParts(), addresses()],
    build: {
      outDir: STAGE,
      emptyOutDir: false,
      target: 'es2022',
      lib: { entry: WWW + entry, formats: ['es'], fileName: () => `${name}.js` },
      rolldownOptions: {
        external: [/^node:/],
        output: splits ? { chunkFileNames: '[name]-[hash].js' } : { codeSplitting: false },
      },
    },
  });
}

function licences() {
  const parts = [...bundled].sort().map((name) => {
    const folder = `${WWW}node_modules/${name}/`;
    const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt'].find((one) => existsSync(folder + one));
    if (!file) throw new Error(`${name} is bundled and has no licence file`);
    return `## ${name}\n\n${readFileSync(folder + file, 'utf8').trim()}\n`;
  });
  return `# What this package bundles\n\n${parts.join('\n')}`;
}

function manifest() {
  const cargo = readFileSync(`${ROOT}Cargo.toml`, 'utf8');
  const field = (/** @type {string} */ name) => RegExp(`^${name} = "(.*)"$`, 'm').exec(cargo)?.[1];
  const element = { types: './element.d.ts', default: './element.js' };
  const node = { types: './node.d.ts', default: './node.js' };
  return {
    name: field('name'),
    version: field('version'),
    description: field('description'),
    license: field('license'),
    keywords: ['deep learning', 'neural network', 'visualization', 'wasm', 'custom element'],
    type: 'module',
    engines: JSON.parse(readFileSync(`${WWW}package.json`, 'utf8')).engines,
    exports: { '.': { node, default: element }, './element': element, './node': node, './*.bin.gz': './*.bin.gz', './labels.txt': './labels.txt', './package.json': './package.json' },
    types: './element.d.ts',
    // Importing the element defines it: no bundler may leave that out.
    sideEffects: true,
  };
}

rmSync(OUT, { recursive: true, force: true });
mkdirSync(STAGE, { recursive: true });
await bundle('element', 'package/element.js', true);
await bundle('worker', 'worker/worker.js', false);
await bundle('node', 'package/node.js', false);
for (const { folder, file } of Object.values(SHIPPED)) copyFileSync(`${WWW}assets/${folder}/${file}`, STAGE + file);
for (const folder of FOLDERS) {
  const papers = readdirSync(`${WWW}assets/${folder}`).filter((file) => /^(?:CREDITS|LICENSE)/.test(file));
  for (const file of papers) copyFileSync(`${WWW}assets/${folder}/${file}`, `${STAGE}${folder}-${file}`);
}
for (const { module, kind, file } of WASM) copyFileSync(`${WWW}pkg/${module}/${kind}/uncrumple_bg.wasm`, STAGE + file);
for (const file of ['README.md', 'types.d.ts', 'element.d.ts', 'node.d.ts']) copyFileSync(`${WWW}package/${file}`, STAGE + file);
copyFileSync(`${ROOT}LICENSE`, `${STAGE}LICENSE`);
writeFileSync(`${STAGE}THIRD-PARTY.md`, licences());
writeFileSync(`${STAGE}package.json`, `${JSON.stringify(manifest(), null, 2)}\n`);
const [{ filename }] = JSON.parse(execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', OUT], { cwd: STAGE, encoding: 'utf8' }));
process.stdout.write(`built: www/dist-package/${filename} (${(readFileSync(OUT + filename).length / 1000).toFixed(0)} KB)\n`);
