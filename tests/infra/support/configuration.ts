import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
/** The reader that osls itself reads these files with. */
const { load } = createRequire(join(root, 'node_modules/serverless/package.json'))('js-yaml') as {
  load: (text: string) => unknown;
};

export const readYaml = (path: string): unknown => load(readFileSync(join(root, path), 'utf8'));

interface Service {
  readonly service: string;
  readonly params: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly custom: { readonly settings: Readonly<Record<string, string>>; readonly cors: object };
}

const service = readYaml('serverless.yml') as Service;

/** What osls hands to infra/stack.ts, as far as that asks, for the stage `dev`: nothing is packaged. */
export const configurationOf = (module: string, given: Readonly<Record<string, string>> = {}) => {
  const parameters: Record<string, unknown> = { ...service.params.default, ...given, module };
  const settings = Object.fromEntries(
    Object.entries(service.custom.settings).map(([name, value]) => [
      name,
      parameters[/^\$\{param:(\w+)\}$/.exec(value)?.[1] ?? ''],
    ]),
  );
  const known: Readonly<Record<string, unknown>> = {
    'self:service': service.service,
    'sls:stage': 'dev',
    'self:custom.settings': settings,
    'self:custom.cors': service.custom.cors,
  };
  return {
    resolveVariable: async (variable: string): Promise<unknown> => {
      const [, file] = /^file\(\.\/(.+)\)$/.exec(variable) ?? [];
      if (file) return readYaml(file);
      const [, parameter] = /^param:(\w+)$/.exec(variable) ?? [];
      const value = parameter ? parameters[parameter] : known[variable];
      if (value === undefined) throw new Error(`nobody said what ${variable} is`);
      return value;
    },
  };
};
