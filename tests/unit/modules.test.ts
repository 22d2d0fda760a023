import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { moduleDefinitions } from '../../infra/module-definitions.ts';
import { moduleNames } from '../../infra/modules.ts';
import type { ModuleDefinition } from '../../lib/platform/define-module.ts';
import type { Endpoint } from '../../lib/platform/http/declaration.ts';
import { scopesText } from '../../scripts/scopes-text.ts';

const ROOT = join(__dirname, '../..');
const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** Without comments. */
const codeOf = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '');

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

test('an endpoint is opened by its own module’s scopes and by no others', () => {
  for (const { name, scopes = [] } of definitions) {
    const { endpoints = [] } = require(join(ROOT, 'functions', name, 'routes.ts')) as {
      endpoints?: Endpoint[];
    };
    const asked = endpoints.flatMap(({ declaration: { access } }) => (access === 'public' ? [] : access));
    const foreign = asked.filter((each) => each.includes(':') && !scopes.some((scope) => scope === each));
    expect([name, foreign]).toEqual([name, []]);
  }
});

/** Logical names of tables, where a file says which one it means: `table: 'desk'`, `itemsOf('desk')`, `tableName(env, 'desk')`. */
const TABLE = /\b(?:table: |itemsOf\(|tableName\([\w.]+, )'([a-z-]+)'/g;
const tablesIn = (file: string): string[] =>
  [...codeOf(textOf(file)).matchAll(TABLE)].map(([, table = '']) => table);

test('code of a module knows its own table alone, and the platform’s knows that of the platform and that of access', () => {
  for (const { name, table } of definitions) {
    const known = new Set(globSync(`lib/${name}/**/*.ts`, { cwd: ROOT }).flatMap(tablesIn));
    expect([name, [...known].toSorted()]).toEqual([name, name === 'platform' ? ['access', table] : [table]]);
  }
});

test('settings are kept in the table of their module', () => {
  const kept = definitions.flatMap(({ name, settings = [] }) => settings.map(({ table }) => [name, table]));
  expect(kept.length).toBeGreaterThan(2);
  for (const [name, table] of kept) expect(table).toBe(name);
});

const named = (text: string, modules: readonly string[]): string[] => {
  const literal = new RegExp(`(['"\`])((?:${modules.join('|')})(?:[.:][^'"\`]*)?)\\1`, 'g');
  return [...codeOf(text).matchAll(literal)].map(([, , name = '']) => name);
};

test('the platform names no module: neither a table, nor an event, nor a scope', () => {
  // `admin` is a role, too, and `platform` is itself.
  const modules = moduleNames().filter((name) => !['admin', 'platform'].includes(name));
  const files = globSync('lib/platform/**/*.ts', { cwd: ROOT });
  expect(files.length).toBeGreaterThan(50);
  expect(files.flatMap((file) => named(textOf(file), modules).map((name) => `${file}: ${name}`))).toEqual([]);
});

test.each([["itemsOf('desk')"], ["['sms:send', 'sms:read']"], ['table = "identity"']])(
  'finds a module’s name in %s',
  (text) => {
    expect(named(text, moduleNames())).not.toEqual([]);
  },
);
