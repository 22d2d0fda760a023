import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { moduleDefinitions } from '../../infra/module-definitions.ts';
import { moduleNames } from '../../infra/modules.ts';
import { ROLES } from '../../lib/platform/caller.ts';
import type { ModuleDefinition } from '../../lib/platform/define-module.ts';
import { endpointsOf } from '../../scripts/all-endpoints.ts';
import { namesIn } from '../../scripts/names-in.ts';
import { scopesText } from '../../scripts/scopes-text.ts';
import { tablesIn } from '../support/tables-in.ts';

const ROOT = join(__dirname, '../..');
const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

let definitions: ModuleDefinition[];
beforeAll(async () => {
  definitions = await moduleDefinitions();
});

test('each folder of functions/ is a module that lib/ defines, and each module of lib/ has its functions', () => {
  const defined = globSync('lib/*/module.ts', { cwd: ROOT }).map((file) => file.split('/')[1]);
  expect(defined.toSorted()).toEqual(moduleNames().toSorted());
});

test('the scopes of keys are those that modules name: `npm run generate` writes them', () => {
  expect(textOf('lib/platform/auth/scopes.json')).toBe(scopesText(definitions));
  const twice = [...definitions, { name: 'copy', scopes: ['sms:send'] as const }];
  expect(() => scopesText(twice)).toThrow('named twice');
});

test('an endpoint is opened by its own module’s scopes and by no others', async () => {
  for (const { name, scopes = [] } of definitions) {
    const endpoints = await endpointsOf(ROOT, name);
    const asked = endpoints.flatMap(({ declaration: { access } }) => (access === 'public' ? [] : access));
    const foreign = asked.filter((each) => each.includes(':') && !scopes.some((scope) => scope === each));
    expect([name, foreign]).toEqual([name, []]);
  }
});

test('code of a module knows its own table alone, and the platform’s knows that of the platform and that of access', () => {
  for (const { name, table } of definitions) {
    const files = globSync(`lib/${name}/**/*.ts`, { cwd: ROOT });
    const known = new Set(files.flatMap((file) => tablesIn(textOf(file))));
    const own = table === undefined ? [] : [table];
    expect([name, [...known].toSorted()]).toEqual([name, name === 'platform' ? ['access', ...own] : own]);
  }
});

test('settings are kept in the table of their module', () => {
  const kept = definitions.flatMap(({ name, settings = [] }) => settings.map(({ table }) => [name, table]));
  expect(kept.length).toBeGreaterThan(2);
  for (const [name, table] of kept) expect(table).toBe(name);
});

test('the platform names no module: neither a table, nor an event, nor a scope', () => {
  // A role may have the name of a module, `audit.recorded` is declared by the platform for all, and `platform` is itself.
  const modules = moduleNames().filter((name) => ![...ROLES, 'audit', 'platform'].includes(name));
  const files = globSync('lib/platform/**/*.ts', { cwd: ROOT });
  expect(files.length).toBeGreaterThan(50);
  expect(files.flatMap((file) => namesIn(textOf(file), modules).map((name) => `${file}: ${name}`))).toEqual(
    [],
  );
});

test.each([["itemsOf('desk')"], ["['sms:send', 'sms:read']"], ['table = "identity"']])(
  'finds a module’s name in %s',
  (text) => {
    expect(namesIn(text, moduleNames())).not.toEqual([]);
  },
);
