import * as z from 'zod';
import type { AppError } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import {
  type Item,
  type ItemKey,
  type ItemPage,
  itemsOf,
  type PartitionQuery,
  type RangeQuery,
} from './items.ts';
import { lazily, type ReadonlyDeep } from './stored-schema.ts';
import {
  type Attributes,
  currentShape,
  type Migration,
  noteRefusal,
  readShape,
  refused,
  SHAPE,
} from './stored-shape.ts';
import type { Write } from './write.ts';

type Thing<S extends z.ZodType> = ReadonlyDeep<z.output<S>>;

/** What the platform itself puts on items: keys, time to live, deadlines (lib/platform/timers). */
const PLATFORM_ATTRIBUTES = ['pk', 'sk', SHAPE, 'expiresAtSec', 'dueShard', 'dueAt', 'deadline', 'timer'];

/** Everything there is to say of a stored thing (docs/adr/034-stored-shapes.md). `K`: what of it makes its key. */
export interface EntityDeclaration<S extends z.ZodObject, K> {
  readonly table: string;
  /** `desk.ticket`: in logs and figures. */
  readonly name: string;
  readonly key: (of: K) => ItemKey;
  /** Of what is read and written; made when first needed. Attributes that it does not name are kept as they are. */
  readonly schema: () => S;
  /** Attributes that are part of the key alone, so that they take no room twice. */
  readonly inKey?: { readonly attributes: readonly string[]; readonly read: (key: ItemKey) => Attributes };
  /** Attributes made of the thing for indexes and for the store (`expiresAtSec`); never read back. */
  readonly indexes?: { readonly attributes: readonly string[]; readonly of: (thing: Thing<S>) => Attributes };
  /** How to read what was written in earlier shapes: the first one brings shape 1 to shape 2. */
  readonly migrations?: readonly Migration[];
}

/** Of many items those that could be read. */
export interface Readable<T> {
  readonly items: T[];
  /** How many could not; absent when there were none. */
  readonly omitted?: number;
}

/** A thing that is read together with others. */
export interface Wanted<T> {
  readonly table: string;
  readonly key: ItemKey;
  readonly parse: (rt: Runtime, item: Item) => T;
}

/** `find`, `get` and `parse` refuse what they cannot read (AppError `stored-shape-unknown`); lists leave it out and say so. */
export interface Entity<T, K, S extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly schema: () => S;
  readonly key: (of: K) => ItemKey;
  /** For `findTogether`. */
  readonly at: (of: K) => Wanted<T>;
  /** An item that was read somehow. Throws `stored-shape-unknown`. */
  readonly parse: (rt: Runtime, item: Item) => T;
  /** Items on which something is decided: all of them or `stored-shape-unknown`. */
  readonly parseAll: (rt: Runtime, items: readonly Item[]) => T[];
  /** Items that are shown, or that are independent of each other. */
  readonly readable: (rt: Runtime, items: readonly Item[]) => Readable<T>;
  /** Read consistently unless it may lag. Throws `stored-shape-unknown`. */
  readonly find: (rt: Runtime, of: K, how?: { lagging?: boolean }) => Promise<T | undefined>;
  /** Throws what `missing` makes when there is none, and `stored-shape-unknown`. */
  readonly get: (rt: Runtime, of: K, missing: () => AppError) => Promise<T>;
  /** Several, in no order; what does not exist is not there. Throws `stored-shape-unknown`. */
  readonly findAll: (rt: Runtime, of: readonly K[], how?: { lagging?: boolean }) => Promise<T[]>;
  /** Several to be shown, in no order. */
  readonly listByKeys: (rt: Runtime, of: readonly K[], how?: { lagging?: boolean }) => Promise<Readable<T>>;
  /** One bounded page of the table or of an index that holds whole items, to be shown. */
  readonly list: (rt: Runtime, query: PartitionQuery) => Promise<ItemPage<T>>;
  /** One bounded page of a partition of the table, to be shown. */
  readonly page: (rt: Runtime, query: RangeQuery) => Promise<ItemPage<T>>;
  /** As it lies in the store. `beside`: attributes which are not the thing's own, a deadline for one. */
  readonly toItem: (thing: T & K, beside?: object) => Item;
  /** Puts it unconditionally: only where another condition fences its one writer. */
  readonly put: (rt: Runtime, thing: T & K, beside?: object) => Write;
  /** Puts a new one; fails if its key is taken. */
  readonly putNew: (rt: Runtime, thing: T & K, beside?: object) => Write;
  /** Puts the next version over exactly the one that was read; version 0 or nothing is one that is not stored yet. */
  readonly next: (
    rt: Runtime,
    before: { readonly version: number } | undefined,
    after: T & K & { readonly version: number },
    beside?: object,
  ) => Write;
  /** Holds a transaction to the version that was read, version 0 being that there is none. */
  readonly unchanged: (rt: Runtime, thing: K & { readonly version: number }) => Write;
}

/** A loop and no chain of arrays: a dispatch reads hundreds of items. */
const without = (item: Attributes, names: ReadonlySet<string>): Record<string, unknown> => {
  const rest: Record<string, unknown> = {};
  for (const name of Object.keys(item)) if (!names.has(name)) rest[name] = item[name];
  return rest;
};

/** How things become items and items things. */
const formOf = <S extends z.ZodObject, K>(declaration: EntityDeclaration<S, K>) => {
  const { name, schema, key, inKey, indexes, migrations = [] } = declaration;
  const shape = { name, schema, migrations };
  const ofStore = new Set([...PLATFORM_ATTRIBUTES, ...(indexes?.attributes ?? [])]);
  const ofKey = new Set(inKey?.attributes ?? []);
  // What a later version has added is handed on: to write a thing whole is not to lose it.
  const tolerant = { ...shape, schema: lazily(() => schema().loose()) };

  const read = (item: Item) =>
    readShape(tolerant, item, (attributes) => Object.assign(without(attributes, ofStore), inKey?.read(item)));

  const toItem = (thing: Thing<S> & K, beside: object = {}): Item => {
    const encoded = z.safeEncode<z.ZodType>(tolerant.schema(), thing);
    if (!encoded.success) {
      const paths = encoded.error.issues.map(({ path, code }) => `${String(path[0])} (${code})`).join(', ');
      throw new Error(`nobody could read this ${name} again: ${paths}`);
    }
    return {
      ...without(encoded.data as Attributes, ofKey),
      ...indexes?.of(thing),
      ...(migrations.length > 0 && { [SHAPE]: currentShape(shape) }),
      ...beside,
      ...key(thing),
    };
  };
  return { shape, read, toItem };
};

const readsOf = <T, K>(
  { table, key }: { table: string; key: (of: K) => ItemKey },
  parse: (rt: Runtime, item: Item) => T,
  readable: (rt: Runtime, items: readonly Item[]) => Readable<T>,
) => {
  const items = itemsOf(table);
  const find = async (rt: Runtime, of: K, how?: { lagging?: boolean }): Promise<T | undefined> => {
    const item = await items.find(rt, key(of), how);
    return item && parse(rt, item);
  };
  const shown = (rt: Runtime, { items: found, ...rest }: ItemPage): ItemPage<T> => ({
    ...rest,
    ...readable(rt, found),
  });
  return {
    find,
    get: async (rt: Runtime, of: K, missing: () => AppError): Promise<T> => {
      const found = await find(rt, of);
      if (found === undefined) throw missing();
      return found;
    },
    findAll: async (rt: Runtime, of: readonly K[], how?: { lagging?: boolean }): Promise<T[]> =>
      (await items.findAll(rt, of.map(key), how)).map((item) => parse(rt, item)),
    listByKeys: async (rt: Runtime, of: readonly K[], how?: { lagging?: boolean }): Promise<Readable<T>> =>
      readable(rt, await items.findAll(rt, of.map(key), how)),
    list: async (rt: Runtime, query: PartitionQuery) => shown(rt, await items.list(rt, query)),
    page: async (rt: Runtime, query: RangeQuery) => shown(rt, await items.page(rt, query)),
  };
};

/**
 * A stored thing, declared once: its key, its shape, the attributes its indexes need. What is read is parsed, what is written
 * can be read again.
 */
export const defineEntity = <S extends z.ZodObject, K>(
  declaration: EntityDeclaration<S, K>,
): Entity<Thing<S>, K, S> => {
  const { table, name, key } = declaration;
  const { shape, read, toItem } = formOf(declaration);
  const items = itemsOf(table);

  const parse = (rt: Runtime, item: Item): Thing<S> => {
    const found = read(item);
    if (found.kind === 'known') return found.value as Thing<S>;
    throw refused(rt, shape, item, found.why);
  };

  const readable = (rt: Runtime, found: readonly Item[]): Readable<Thing<S>> => {
    const known: Thing<S>[] = [];
    for (const item of found) {
      const each = read(item);
      if (each.kind === 'known') known.push(each.value as Thing<S>);
      else noteRefusal(rt, shape, item, each.why);
    }
    const omitted = found.length - known.length;
    return { items: known, ...(omitted > 0 && { omitted }) };
  };

  return {
    name,
    schema: declaration.schema,
    key,
    at: (of) => ({ table, key: key(of), parse }),
    parse,
    parseAll: (rt, found) => found.map((item) => parse(rt, item)),
    readable,
    ...readsOf({ table, key }, parse, readable),
    toItem,
    put: (rt, thing, beside) => items.put(rt, toItem(thing, beside)),
    putNew: (rt, thing, beside) => items.putNew(rt, toItem(thing, beside)),
    next: (rt, before, after, beside) => items.putNext(rt, toItem(after, beside), before?.version ?? 0),
    unchanged: (rt, thing) =>
      thing.version > 0
        ? items.checkVersion(rt, key(thing), thing.version)
        : items.checkAbsent(rt, key(thing)),
  };
};
