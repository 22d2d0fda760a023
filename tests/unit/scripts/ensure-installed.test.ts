import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
// @ts-expect-error: plain JavaScript, as it runs before anything is installed
import { commandScript, isInstalled } from '../../../scripts/ensure-installed.mjs';

let room = '';
afterEach(() => rmSync(room, { recursive: true, force: true }));

const write = (path: string, content: object | string): void => {
  const file = join(room, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
};

/** node_modules as npm leaves it on Windows: what lies in .bin is a shell script. */
const installOnWindows = (): void => {
  room = mkdtempSync(join(tmpdir(), 'rotadesk-bin-'));
  write('package.json', {
    dependencies: { plain: '1' },
    devDependencies: { '@firm/tool': '1', many: '1', 'not-there': '1', alias: 'npm:real@1' },
  });
  for (const name of ['tool', 'second', 'alias'])
    write(`node_modules/.bin/${name}`, '#!/bin/sh\nbasedir=$(dirname "$0")\n');
  write('node_modules/plain/package.json', { name: 'plain' });
  write('node_modules/@firm/tool/package.json', { name: '@firm/tool', bin: './cli.js' });
  write('node_modules/many/package.json', { name: 'many', bin: { first: 'a.js', second: 'b/c.mjs' } });
  write('node_modules/alias/package.json', { name: 'real', bin: { alias: 'bin/alias.js' } });
};

test.each([
  ['tool', '@firm/tool/cli.js'],
  ['first', 'many/a.js'],
  ['second', 'many/b/c.mjs'],
  ['alias', 'alias/bin/alias.js'],
])('the command %s is the script that its package declares, not what npm makes of it', (command, script) => {
  installOnWindows();
  expect(commandScript(room, command)).toBe(join(room, 'node_modules', script));
});

test.each(['plain', 'not-there', 'localstack/start.ts'])('%s is no command of a package', (command) => {
  installOnWindows();
  expect(commandScript(room, command)).toBeUndefined();
});

/** A lock file, and what npm says it has installed of it. */
const install = (installed: Record<string, object> | undefined): void => {
  room = mkdtempSync(join(tmpdir(), 'rotadesk-lock-'));
  const tool = { version: '1.0.0' };
  const packages = { '': {}, 'node_modules/tool': tool, 'node_modules/other': { ...tool, optional: true } };
  if (installed) write('node_modules/.package-lock.json', { packages: installed });
  write('package-lock.json', { packages });
};

test.each([
  ['nothing', undefined, false],
  ['a package less', {}, false],
  ['another version', { 'node_modules/tool': { version: '1.0.1' } }, false],
  ['all but what is of another platform', { 'node_modules/tool': { version: '1.0.0' } }, true],
  [
    'an old optional one',
    { 'node_modules/tool': { version: '1.0.0' }, 'node_modules/other': { version: '0.9.0' } },
    false,
  ],
])('%s installed: by versions, not by when the files were written', (_, installed, expected) => {
  install(installed);
  expect(isInstalled(room)).toBe(expected);
});
