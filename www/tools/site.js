// Serves www/dist on this machine through Vite: for `./build.sh serve` and for every browser test.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { preview } from 'vite';

const WWW = fileURLToPath(new URL('..', import.meta.url));

/**
 * @param {{ port?: number, folder?: string }} [options] port 0, the default, takes any free one, so tests never meet each other;
 *   `folder`: another built site than www/dist, ending with a slash
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} `url` ends with a slash
 */
export async function serveSite({ port = 0, folder = `${WWW}dist/` } = {}) {
  if (!existsSync(`${folder}index.html`)) throw new Error(`${folder} is empty: run ./build.sh first`);
  const server = await preview({
    root: WWW,
    configFile: `${WWW}vite.config.js`,
    logLevel: 'warn',
    build: { outDir: folder },
    preview: { port, host: '127.0.0.1' },
  });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { url: `http://127.0.0.1:${address.port}/`, close: () => server.close() };
}
