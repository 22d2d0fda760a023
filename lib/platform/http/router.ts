import type { Endpoint } from './declaration.ts';

/** The result of routing: a use case, other methods than the requested one, or nothing. */
export type Match =
  | {
      readonly kind: 'found';
      readonly endpoint: Endpoint;
      /** As in the path, still percent-encoded. */
      readonly params: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'other-methods'; readonly allow: readonly string[] }
  | { readonly kind: 'nothing' };

type Declared = Pick<Endpoint['declaration'], 'method' | 'path'>;

const isTemplated = (path: string): boolean => path.includes('{');

/** `/v1/tickets/{ticketId}` → a pattern with a group for each parameter. A slash at the end makes no other address. */
const patternOf = (path: string): RegExp => {
  const parts = path.split(/\{(\w+)\}/);
  const source = parts.map((part, index) =>
    index % 2 === 1 ? `(?<${part}>[^/]+)` : part.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&'),
  );
  return new RegExp(`^${source.join('')}/?$`);
};

interface Address<D> {
  readonly pattern: RegExp;
  readonly byMethod: ReadonlyMap<string, D>;
}

/** A path without parameters goes before one with them (OpenAPI 3.1, "Path Templating Matching"). */
const addressesOf = <D>(all: readonly D[], declaredOf: (each: D) => Declared): Address<D>[] => {
  const byPath = new Map<string, Map<string, D>>();
  for (const each of all) {
    const { method, path } = declaredOf(each);
    byPath.set(path, (byPath.get(path) ?? new Map<string, D>()).set(method, each));
  }
  return [...byPath]
    .toSorted(([a], [b]) => Number(isTemplated(a)) - Number(isTemplated(b)))
    .map(([path, byMethod]) => ({ pattern: patternOf(path), byMethod }));
};

/** GET brings HEAD with it (RFC 9110, section 9.3.2), and OPTIONS tells of the others anywhere. */
const allowed = (methods: Iterable<string>): string[] => {
  const declared = [...methods].toSorted();
  return [...declared, ...(declared.includes('GET') ? ['HEAD'] : []), 'OPTIONS'];
};

/** The methods of the first declared path that this one fits; undefined when it fits none. */
export const methodsAt = (declared: readonly Declared[], path: string): string[] | undefined => {
  const address = addressesOf(declared, (each) => each).find(({ pattern }) => pattern.test(path));
  return address && allowed(address.byMethod.keys());
};

/** Finds the route of a method and a path. HEAD finds what GET does. */
export const routerOf = (endpoints: readonly Endpoint[]): ((method: string, path: string) => Match) => {
  const addresses = addressesOf(endpoints, ({ declaration }) => declaration);
  return (method, path) => {
    for (const { pattern, byMethod } of addresses) {
      const match = pattern.exec(path);
      if (!match) continue;
      const endpoint = byMethod.get(method === 'HEAD' ? 'GET' : method);
      return endpoint
        ? { kind: 'found', endpoint, params: { ...match.groups } }
        : { kind: 'other-methods', allow: allowed(byMethod.keys()) };
    }
    return { kind: 'nothing' };
  };
};
