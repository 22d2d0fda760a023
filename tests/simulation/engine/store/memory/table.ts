import { NotModelled, ValidationException } from './errors.ts';
import type { IndexSchema, TableSchema } from './schema.ts';
import { Entry, Sorted } from './sorted.ts';
import type { Item } from './values.ts';

/** A table with its indexes, which follow every write at once: what lags is a matter of who reads. */
export class Table {
  readonly schema: TableSchema;
  readonly #items: Sorted;
  readonly #indexes: ReadonlyMap<string, { readonly schema: IndexSchema; readonly entries: Sorted }>;

  constructor(schema: TableSchema) {
    this.schema = schema;
    this.#items = new Sorted(schema, schema);
    this.#indexes = new Map(
      schema.indexes.map((index) => [index.name, { schema: index, entries: new Sorted(index, schema) }]),
    );
  }

  find(key: Item): Entry | undefined {
    return this.#items.find(key);
  }

  /** Puts an item in the place of another; undefined stands for none. */
  replace(before: Entry | undefined, item: Item | undefined): Entry | undefined {
    const after = item && new Entry(item);
    this.#items.replace(before, after);
    for (const { entries } of this.#indexes.values()) entries.replace(before, after);
    return after;
  }

  /** What a read goes through: the table itself unless it names an index. */
  ordered(indexName: string | undefined): {
    readonly schema: TableSchema | IndexSchema;
    readonly entries: Sorted;
  } {
    if (indexName === undefined) return { schema: this.schema, entries: this.#items };
    const index = this.#indexes.get(indexName);
    if (!index) throw new ValidationException(`The table does not have the specified index: ${indexName}`);
    return index;
  }
}

/** Refuses parts of requests that the model would pass over in silence. */
export const refuseUnknown = (operation: string, input: object, known: ReadonlySet<string>): void => {
  for (const name in input) if (!known.has(name)) throw new NotModelled(`${name} of ${operation}`);
};
