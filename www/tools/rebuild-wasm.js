// A Vite plugin for `./build.sh dev`: when the Rust changes, build the wasm again and reload the page.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const QUIET_MS = 200;

/** @returns {import('vite').Plugin} */
export function rebuildWasm() {
  return {
    name: 'rebuild-wasm',
    apply: 'serve',
    configureServer(server) {
      const watched = [`${ROOT}src`, `${ROOT}Cargo.toml`];
      server.watcher.add(watched);
      /** @type {NodeJS.Timeout | undefined} */
      let pending;
      let running = false;
      let again = false;

      const build = () => {
        if (running) {
          again = true;
          return;
        }
        running = true;
        server.config.logger.info('the Rust changed: building the wasm', { timestamp: true });
        const child = spawn('./build.sh', ['wasm'], { cwd: ROOT, stdio: 'inherit' });
        child.on('exit', (code) => {
          running = false;
          if (again) {
            again = false;
            build();
          } else if (code === 0) {
            server.ws.send({ type: 'full-reload' });
          } else {
            server.config.logger.error('the wasm did not build; the page still runs the last one that did', {
              timestamp: true,
            });
          }
        });
      };

      server.watcher.on('all', (_event, file) => {
        if (!watched.some((path) => file.startsWith(path))) return;
        clearTimeout(pending);
        pending = setTimeout(build, QUIET_MS);
      });
    },
  };
}
