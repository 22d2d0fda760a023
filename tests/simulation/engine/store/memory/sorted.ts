import { areSame, compare } from './order.ts';
import { attributesOf, type IndexSchema, type Key, type TableSchema } from './schema.ts';
import { itemBytes } from './size.ts';
import { type Item, isBytes, type Value } from './values.ts';

/** A stored item, which is never changed but replaced. */
export class Entry {
  readonly item: Item;
  #bytes: number | undefined;

  constructor(item: Item) {
    this.item = item;
  }

  /** As DynamoDB counts them. */
  get bytes(): number {
    this.#bytes ??= itemBytes(this.item);
    return this.#bytes;
  }
}

/** A partition key as a key of a Map. */
const asMapKey = (value: Value): unknown => (isBytes(value) ? Buffer.from(value).toString('latin1') : value);

/** Items by partition and in the order of their keys: a table, or an index with the items that have its keys. */
export class Sorted {
  readonly #partition: string;
  readonly #order: readonly string[];
  readonly #required: readonly string[];
  readonly #partitions = new Map<unknown, Entry[]>();

  /** Items of one sort key in an index go by the table's own key. */
  constructor(key: Key | IndexSchema, table: TableSchema) {
    this.#partition = key.partition.name;
    this.#required = attributesOf(key).map(({ name }) => name);
    const own = key.sort ? [key.sort.name] : [];
    this.#order = key === table ? own : [...own, ...attributesOf(table).map(({ name }) => name)];
  }

  /** An entry that has all the keys, or nothing. */
  #taken(entry: Entry | undefined): Entry | undefined {
    return entry && this.#required.every((name) => entry.item[name] !== undefined) ? entry : undefined;
  }

  /** Below zero when `a` comes first. */
  compare(a: Item, b: Item): number {
    for (const name of this.#order) {
      const order = compare(a[name] as Value, b[name] as Value) ?? 0;
      if (order !== 0) return order;
    }
    return 0;
  }

  partition(value: Value): readonly Entry[] {
    return this.#partitions.get(asMapKey(value)) ?? [];
  }

  /** Every entry, by partition key and then in order. */
  all(): Entry[] {
    const partitions = [...this.#partitions.values()].toSorted(([a], [b]) =>
      a && b ? (compare(a.item[this.#partition] as Value, b.item[this.#partition] as Value) ?? 0) : 0,
    );
    return partitions.flat();
  }

  find(key: Item): Entry | undefined {
    const entries = this.partition(key[this.#partition] as Value);
    const at = this.firstNotBefore(entries, key);
    const found = entries[at];
    return found && this.compare(found.item, key) === 0 ? found : undefined;
  }

  /** Place of the first entry that does not come before an item. */
  firstNotBefore(entries: readonly Entry[], item: Item): number {
    let [low, high] = [0, entries.length];
    // Most items are the last of their partition so far.
    const last = entries.at(-1);
    if (last && this.compare(last.item, item) < 0) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.compare((entries[middle] as Entry).item, item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Puts one in the place of another; undefined stands for none. */
  replace(before: Entry | undefined, after: Entry | undefined): void {
    const [old, next] = [this.#taken(before), this.#taken(after)];
    if (old && next && this.#takesPlace(old, next)) return;
    if (old) this.#remove(old);
    if (next) this.#insert(next);
  }

  #takesPlace(before: Entry, after: Entry): boolean {
    const partition = after.item[this.#partition] as Value;
    if (!areSame(before.item[this.#partition] as Value, partition)) return false;
    if (this.compare(before.item, after.item) !== 0) return false;
    const entries = this.#partitions.get(asMapKey(partition)) ?? [];
    entries[this.firstNotBefore(entries, before.item)] = after;
    return true;
  }

  #insert(entry: Entry): void {
    const key = asMapKey(entry.item[this.#partition] as Value);
    const entries = this.#partitions.get(key);
    if (entries) entries.splice(this.firstNotBefore(entries, entry.item), 0, entry);
    else this.#partitions.set(key, [entry]);
  }

  #remove({ item }: Entry): void {
    const key = asMapKey(item[this.#partition] as Value);
    const entries = this.#partitions.get(key) ?? [];
    entries.splice(this.firstNotBefore(entries, item), 1);
    if (entries.length === 0) this.#partitions.delete(key);
  }
}
