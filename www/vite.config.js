// How Vite builds and serves the site: every page at the top of www/, relative addresses, nothing from elsewhere.
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { offline } from './tools/offline.js';
import { rebuildWasm } from './tools/rebuild-wasm.js';
import { share } from './tools/share.js';
import { wordsInParts } from './tools/words.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const pages = readdirSync(here).filter((name) => name.endsWith('.html'));
/** @type {Record<string, string>} */
const input = Object.fromEntries(pages.map((name) => [name.slice(0, -'.html'.length), here + name]));
// Blogs write this address into their pages, so it keeps its name from one release to the next.
const EMBED = 'embed-element';
if (existsSync(`${here}embed.js`)) input[EMBED] = `${here}embed.js`;

/** The builds of the engine are told apart by their names: with SIMD or without, only one of the two is worth keeping. @param {string[]} from */
const engine = (from) => /\bpkg\/\w+\/(?:simd|scalar)\//.exec(from.join('\n'))?.[0].replace(/^pkg\/(.*)\/(.*)\/$/, 'engine-$1-$2');

export default defineConfig({
  root: here,
  base: './',
  appType: 'mpa',
  plugins: [wordsInParts(), rebuildWasm(), share(), offline()],
  worker: {
    format: 'es',
    rolldownOptions: {
      output: {
        chunkFileNames: (/** @type {{ moduleIds: string[] }} */ { moduleIds }) => `assets/${engine(moduleIds) ?? '[name]'}-[hash].js`,
        assetFileNames: (/** @type {{ originalFileNames: string[] }} */ { originalFileNames }) =>
          `assets/${engine(originalFileNames) ?? '[name]'}-[hash][extname]`,
      },
    },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    // Vite preloads chunks it thinks a page will want; a figure fetches its own code when it comes into view.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      input,
      preserveEntrySignatures: 'exports-only',
      output: {
        entryFileNames: (/** @type {{ name: string }} */ chunk) =>
          chunk.name === EMBED ? 'embed.js' : 'assets/[name]-[hash].js',
      },
    },
  },
  // A lab is imported when its figure asks for it; unless its libraries are known before, `dev` reloads the page in the middle.
  optimizeDeps: { entries: ['*.html', 'element/*.js', 'labs/*.js'] },
  server: { host: '127.0.0.1', port: 5173, watch: { ignored: ['**/pkg/**', '**/dist/**', '**/dist-package/**'] } },
  // Other people's pages, and frames without an origin, may fetch the scripts: so must any host that serves them (README).
  preview: { host: '127.0.0.1', port: 4173, cors: true },
});
