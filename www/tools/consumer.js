// A stranger's project, for trying the npm package in: made in a temporary folder, filled from the tarball alone, built with Vite.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

const WWW = fileURLToPath(new URL('..', import.meta.url));

/** @param {Record<string, string>} files by name */
export function newProject(files) {
  const folder = mkdtempSync(`${tmpdir()}/uncrumple-`);
  for (const [name, text] of Object.entries(files)) writeFileSync(`${folder}/${name}`, text);
  const tarball = readdirSync(`${WWW}dist-package`).find((name) => name.endsWith('.tgz'));
  if (!tarball) throw new Error('www/dist-package is empty: run ./build.sh package first');
  // Off line: whatever the package needs must be in it.
  execFileSync('npm', ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', `${WWW}dist-package/${tarball}`], { cwd: folder, stdio: 'pipe' });
  return {
    folder,
    /** What a command prints. @param {string} command @param {string[]} args */
    run: (command, ...args) => execFileSync(command, args, { cwd: folder, encoding: 'utf8' }),
    /** TypeScript's complaints; empty is what we want. @param {string[]} args */
    tsc(...args) {
      try {
        return execFileSync(`${WWW}node_modules/.bin/tsc`, args, { cwd: folder, encoding: 'utf8' });
      } catch (error) {
        return String(/** @type {{ stdout?: unknown }} */ (error).stdout ?? error);
      }
    },
    /** Built as Vite builds any project, and served. */
    async serve() {
      await build({ root: folder, configFile: false, logLevel: 'warn' });
      const server = await preview({ root: folder, configFile: false, logLevel: 'warn', preview: { port: 0, host: '127.0.0.1' } });
      const url = server.resolvedUrls?.local[0];
      if (!url) throw new Error('the server has no address');
      return { url, close: () => server.close() };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
