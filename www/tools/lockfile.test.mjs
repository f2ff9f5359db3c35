// A lock file pins versions and checksums, and leaves where to fetch them from to whoever installs.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const FILES = ['../package-lock.json', '../../benches/package-lock.json', '../../tests/browser/package-lock.json', '../../tests/formats/package-lock.json'].map(
  (path) => new URL(path, import.meta.url),
);

for (const file of FILES.filter((path) => existsSync(path))) {
  const name = file.pathname.split('/').slice(-2).join('/');
  /** @type {[string, { resolved?: string, integrity?: string }][]} */
  const packages = Object.entries(JSON.parse(readFileSync(file, 'utf8')).packages);
  const installed = packages.filter(([path]) => path !== '');

  test(`no package of ${name} names the registry it came from`, () => {
    assert.deepEqual(installed.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path), []);
  });

  test(`every package of ${name} has a checksum`, () => {
    assert.ok(installed.length > 0);
    assert.deepEqual(installed.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path), []);
  });
}
