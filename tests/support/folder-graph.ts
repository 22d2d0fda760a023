import type { CruisedFile } from '../infra/support/module-graph.ts';

/** Folder, or file of a module's root → those of the same module that it imports. */
export type FolderGraph = ReadonlyMap<string, ReadonlySet<string>>;

const PLACE = /^lib\/([^/]+)\/([^/]+)/;

/**
 * For each module of lib/, what imports what in it: its folders, and the files of its root each for itself, since these are what
 * its folders share.
 */
export const folderGraphs = (files: readonly CruisedFile[]): ReadonlyMap<string, FolderGraph> => {
  const graphs = new Map<string, Map<string, Set<string>>>();
  for (const { source, dependencies } of files) {
    const [, module, from] = PLACE.exec(source) ?? [];
    if (module === undefined || from === undefined) continue;
    const graph = graphs.get(module) ?? new Map<string, Set<string>>();
    graphs.set(module, graph);
    const known = graph.get(from) ?? new Set<string>();
    graph.set(from, known);
    for (const { resolved } of dependencies) {
      const [, other, to] = PLACE.exec(resolved) ?? [];
      if (other === module && to !== undefined && to !== from) known.add(to);
    }
  }
  return graphs;
};

const reachable = (graph: FolderGraph, start: string): ReadonlySet<string> => {
  const met = new Set<string>();
  const open = [...(graph.get(start) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (met.has(next)) continue;
    met.add(next);
    open.push(...(graph.get(next) ?? []));
  }
  return met;
};

/** Groups in which everything imports everything else, over however many others; each sorted, none of one alone. */
export const knotsIn = (graph: FolderGraph): string[][] => {
  const reach = new Map([...graph.keys()].map((each) => [each, reachable(graph, each)]));
  const knots = [...reach].flatMap(([name, all]) => {
    if (!all.has(name)) return [];
    const knot = [...all].filter((other) => reach.get(other)?.has(name)).toSorted();
    return knot[0] === name ? [knot] : [];
  });
  return knots.toSorted(([a = ''], [b = '']) => a.localeCompare(b));
};
