import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { Endpoint } from '../../lib/platform/http/declaration.ts';
import { archives, functions, type Json, named, ofType, the } from './support/packaged.ts';

const root = join(__dirname, '../..');

/** What Lambda makes of a handler: a file without extension, and the export's name. It splits at the first dot. */
const split = (handler: string) => {
  const slash = handler.lastIndexOf('/') + 1;
  const dot = handler.indexOf('.', slash);
  return { file: handler.slice(0, dot), name: handler.slice(dot + 1) };
};

describe('handlers', () => {
  test.each(functions)(
    '$name is found by Lambda: one bundle of that name, one export',
    ({ name, properties }) => {
      const { file, name: exported } = split(properties.Handler);
      expect([...(archives.get(name)?.keys() ?? [])]).toEqual([`${file}.cjs`]);
      expect(exported).toBe('handler');
    },
  );

  test('each handler file is wired to a function, and each function has its file', () => {
    const entry = (path: string) =>
      /^functions\/[^/]+\/(routes|[^/]+\.(queue|schedule|socket))\.ts$/.test(path);
    const files = globSync('functions/*/*.ts', { cwd: root }).filter(entry);
    const dashed = files.map((path) =>
      path.replace(/\.ts$/, '').replace(/\.(queue|schedule|socket)$/, '-$1'),
    );
    const wired = functions.map(({ properties }) => split(properties.Handler).file);
    // Two functions may run one handler, each with a queue and limits of its own.
    expect([...new Set(wired)].sort()).toEqual(dashed.sort());
  });

  test('each handler of a request is named …Route and listed in the routes of its module', () => {
    for (const routes of globSync('functions/*/routes.ts', { cwd: root })) {
      const module = routes.split('/')[1];
      const files = globSync(`functions/${module}/*.http.ts`, { cwd: root });
      const { endpoints = [] } = require(join(root, routes)) as { endpoints?: Endpoint[] };
      const exported = files.flatMap((file) =>
        Object.entries(require(join(root, file)) as Record<string, unknown>),
      );
      const misnamed = exported.filter(([name, value]) => isEndpoint(value) !== name.endsWith('Route'));
      expect(misnamed.map(([name]) => name)).toEqual([]);
      const unlisted = exported
        .map(([, value]) => value)
        .filter(isEndpoint)
        .filter((each) => !endpoints.includes(each));
      expect(unlisted.map(({ declaration }) => `${declaration.method} ${declaration.path}`)).toEqual([]);
    }
  });
});

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'declaration' in value && 'run' in value;

describe('the gateway', () => {
  const routes: Json[] = ofType('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties);

  /** The function which the gateway would call, by the longest prefix that fits. */
  const takes = (path: string): string | undefined => {
    const fits = routes.filter(({ RouteKey }) => {
      const [, pattern = ''] = RouteKey.split(' ');
      const prefix = pattern.replace('/{proxy+}', '');
      return pattern.endsWith('/{proxy+}') ? path.startsWith(`${prefix}/`) : path === pattern;
    });
    const [best] = fits.sort((a, b) => b.RouteKey.length - a.RouteKey.length);
    if (!best) return undefined;
    const integration = the(best.Target['Fn::Join'][1].map((part: Json) => named(part) ?? '').join(''));
    return functions.find(({ id }) => id === named(integration.Properties.IntegrationUri))?.name;
  };

  const declared = globSync('functions/*/routes.ts', { cwd: root }).flatMap((file) => {
    const { endpoints = [] } = require(join(root, file)) as { endpoints?: Endpoint[] };
    return endpoints.map(({ declaration }) => [declaration.path, `${file.split('/')[1]}-http`] as const);
  });

  test.each(declared)('%s reaches %s', (path, name) => {
    expect(takes(path)).toBe(name);
  });
});
