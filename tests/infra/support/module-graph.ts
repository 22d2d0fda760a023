import { posix } from 'node:path';

/** A file as dependency-cruiser sees it. */
export interface CruisedFile {
  readonly source: string;
  readonly dependencies: readonly { readonly resolved: string }[];
}

/** Module → modules whose files it imports, in lib/ or in functions/. */
export type ModuleGraph = ReadonlyMap<string, ReadonlySet<string>>;

const moduleOf = (path: string): string | undefined => /^(?:lib|functions)\/([^/]+)\//.exec(path)?.[1];

/** Every module knows the platform, and the platform's own functions mount what all modules publish: neither counts. */
export const moduleGraph = (files: readonly CruisedFile[]): ModuleGraph => {
  const graph = new Map<string, Set<string>>();
  for (const { source, dependencies } of files) {
    const from = moduleOf(source);
    if (from === undefined || from === 'platform') continue;
    for (const { resolved } of dependencies) {
      const to = moduleOf(resolved);
      if (to === undefined || to === 'platform' || to === from) continue;
      graph.set(from, (graph.get(from) ?? new Set()).add(to));
    }
  }
  return graph;
};

/** Modules that import each other, the first one named again at the end; undefined when there are none. */
export const cycleIn = (graph: ModuleGraph): string[] | undefined => {
  const done = new Set<string>();
  const visit = (module: string, path: readonly string[]): string[] | undefined => {
    const at = path.indexOf(module);
    if (at >= 0) return [...path.slice(at), module];
    if (done.has(module)) return undefined;
    for (const next of graph.get(module) ?? []) {
      const cycle = visit(next, [...path, module]);
      if (cycle) return cycle;
    }
    done.add(module);
    return undefined;
  };
  for (const module of graph.keys()) {
    const cycle = visit(module, []);
    if (cycle) return cycle;
  }
  return undefined;
};

/** `desk → identity`, sorted. */
export const arrowsOf = (graph: ModuleGraph): string[] =>
  [...graph].flatMap(([from, all]) => [...all].map((to) => `${from} → ${to}`)).toSorted();

const EVENTS = /^lib\/([^/]+)\/events\.ts$/;
const IMPORT = /^import (type )?([^;]*?) from '([^']+)';/gm;

const isTypeOnly = (what: string): boolean =>
  what.startsWith('{') && [...what.matchAll(/[{,]\s*(type )?\w/g)].every(([, type]) => type !== undefined);

/** Files of other modules' events that a source imports for more than types. */
const eventsByValue = (source: string, text: string): string[] =>
  [...text.matchAll(IMPORT)].flatMap(([, type, what = '', path = '']) =>
    type !== undefined || isTypeOnly(what) ? [] : [posix.join(posix.dirname(source), path)],
  );

/**
 * Modules and whose events their lib/ imports by value: to publish them. Whoever consumes an event imports it in functions/.
 * @param textOf the text of a source
 */
export const publishedOfOthers = (
  files: readonly CruisedFile[],
  textOf: (source: string) => string,
): string[] => {
  const found = files.flatMap(({ source }) => {
    const from = /^lib\/([^/]+)\//.exec(source)?.[1];
    if (from === undefined || source.endsWith('/module.ts')) return [];
    return eventsByValue(source, textOf(source)).flatMap((path) => {
      const to = EVENTS.exec(path)?.[1];
      return to === undefined || to === from ? [] : [`${from} → ${to}`];
    });
  });
  return [...new Set(found)].toSorted();
};
