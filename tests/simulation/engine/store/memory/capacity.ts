import type { Plain } from '../store.ts';
import { areSame } from './order.ts';
import { attributesOf, type IndexSchema } from './schema.ts';
import { itemBytes } from './size.ts';
import type { Entry } from './sorted.ts';
import type { Table } from './table.ts';
import type { Item } from './values.ts';

const READ_BYTES = 4096;
const WRITE_BYTES = 1024;

const unitsOf = (bytes: number, each: number): number => Math.max(1, Math.ceil(bytes / each));

/** Read units for so many bytes; a read that may lag costs half. */
export const readUnits = (bytes: number, isConsistent: boolean): number =>
  unitsOf(bytes, READ_BYTES) * (isConsistent ? 1 : 0.5);

/** An item as an index holds it; undefined when it lacks one of the index's keys. */
export const inIndex = (index: IndexSchema, item: Item | undefined): Item | undefined => {
  if (!item || attributesOf(index).some(({ name }) => item[name] === undefined)) return undefined;
  const { attributes } = index;
  if (!attributes) return item;
  return Object.fromEntries(Object.entries(item).filter(([name]) => attributes.has(name)));
};

const isSameKey = (index: IndexSchema, a: Item, b: Item): boolean =>
  attributesOf(index).every(({ name }) => a[name] === b[name]);

const indexUnits = (index: IndexSchema, before: Item | undefined, after: Item | undefined): number => {
  const [old, next] = [inIndex(index, before), inIndex(index, after)];
  const units = (item: Item): number => unitsOf(itemBytes(item), WRITE_BYTES);
  if (!old || !next) return old ? units(old) : next ? units(next) : 0;
  if (!isSameKey(index, old, next)) return units(old) + units(next);
  return areSame(old, next) ? 0 : Math.max(units(old), units(next));
};

/** Units of one request, by table and index. */
export class Meter {
  readonly #tables = new Map<string, { table: number; indexes: Map<string, number> }>();

  #of(tableName: string) {
    const found = this.#tables.get(tableName) ?? { table: 0, indexes: new Map() };
    this.#tables.set(tableName, found);
    return found;
  }

  read(tableName: string, indexName: string | undefined, units: number): void {
    const used = this.#of(tableName);
    if (indexName === undefined) used.table += units;
    else used.indexes.set(indexName, (used.indexes.get(indexName) ?? 0) + units);
  }

  /** `times`: 2 in a transaction, whose indexes are written as always. */
  write(
    { schema }: Table,
    { before, after }: { before?: Entry | undefined; after?: Entry | undefined },
    times: 1 | 2,
  ): void {
    const used = this.#of(schema.name);
    used.table += times * unitsOf(Math.max(before?.bytes ?? 0, after?.bytes ?? 0), WRITE_BYTES);
    for (const index of schema.indexes) {
      const units = indexUnits(index, before?.item, after?.item);
      if (units > 0) used.indexes.set(index.name, (used.indexes.get(index.name) ?? 0) + units);
    }
  }

  /** As `ReturnConsumedCapacity` asks for them. */
  report(wanted: string | undefined, kind?: 'Read' | 'Write'): Plain[] {
    if (wanted === undefined || wanted === 'NONE') return [];
    const shown = (units: number): Plain => ({
      CapacityUnits: units,
      ...(kind && { [`${kind}CapacityUnits`]: units }),
    });
    return [...this.#tables].map(([TableName, { table, indexes }]) => ({
      TableName,
      ...shown([...indexes.values()].reduce((sum, units) => sum + units, table)),
      ...(wanted === 'INDEXES' && {
        Table: shown(table),
        ...(indexes.size > 0 && {
          GlobalSecondaryIndexes: Object.fromEntries(
            [...indexes].map(([name, units]) => [name, shown(units)]),
          ),
        }),
      }),
    }));
  }
}

/** The only table's. */
export const consumed = ([used]: readonly Plain[]): Plain => (used ? { ConsumedCapacity: used } : {});
/** Of requests that may be about several tables. */
export const consumedByTable = (used: readonly Plain[]): Plain =>
  used.length > 0 ? { ConsumedCapacity: used } : {};
