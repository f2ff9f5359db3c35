// The lock file pins versions and checksums, and leaves where to fetch them from to whoever installs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
/** @type {[string, { resolved?: string, integrity?: string }][]} */
const packages = Object.entries(lock.packages).filter(([path]) => path !== '');

test('no package names the registry it came from', () => {
  assert.deepEqual(packages.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path), []);
});

test('every package has a checksum', () => {
  assert.ok(packages.length > 0);
  assert.deepEqual(packages.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path), []);
});
