import { ValidationException } from './errors.ts';
import { pathOf, type Scope } from './scope.ts';
import type { Path } from './syntax.ts';
import { copyOf, type Item, isList, isMap, type Value } from './values.ts';

/** What to keep of each member of a list or a map: some of it, or all. */
type Kept = Map<string | number, Kept | 'all'>;

const keptOf = (paths: readonly Path[]): Kept => {
  const root: Kept = new Map();
  for (const path of paths) {
    let kept = root;
    for (const [index, step] of path.entries()) {
      const found = kept.get(step);
      const isLast = index === path.length - 1;
      if (found === 'all' || (isLast && found))
        throw new ValidationException('Two document paths overlap with each other;');
      const next: Kept = found ?? new Map();
      kept.set(step, isLast ? 'all' : next);
      kept = next;
    }
  }
  return root;
};

const part = (value: Value, kept: Kept | 'all'): Value | undefined => {
  if (kept === 'all') return copyOf(value);
  if (isMap(value)) {
    const entries = Object.entries(value).flatMap(([name, member]): [string, Value][] => {
      const wanted = kept.get(name);
      const found = wanted && part(member, wanted);
      return found === undefined ? [] : [[name, found]];
    });
    return entries.length > 0 ? Object.fromEntries(entries) : undefined;
  }
  if (!isList(value)) return undefined;
  const members = value.flatMap((member, index): Value[] => {
    const wanted = kept.get(index);
    const found = wanted && part(member, wanted);
    return found === undefined ? [] : [found];
  });
  return members.length > 0 ? members : undefined;
};

/** Gives readers an item, or only the attributes that they asked for. */
export const projectorOf = (paths: readonly Path[] | undefined, scope: Scope): ((item: Item) => Item) => {
  if (!paths) return copyOf;
  const kept = keptOf(paths.map((path) => pathOf(path, scope)));
  return (item) => (part(item, kept) ?? {}) as Item;
};
