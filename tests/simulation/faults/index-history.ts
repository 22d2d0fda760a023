import { type ItemChange, moduleOf } from '../engine/ledger.ts';
import type { Plain } from '../engine/store/store.ts';

interface Entry {
  readonly table: string;
  readonly pk: string;
  readonly sk: string;
  /** The item's attributes, as far as an index of the template has them as keys. */
  readonly attributes: Plain;
}

interface Past {
  readonly atMs: number;
  readonly id: string;
  readonly before: Entry | undefined;
}

const KEYS = [
  ...(['dueShard', 'dueAt', 'clientList', 'deskList', 'id', 'subject', 'actor'] as const),
  ...(['listPk', 'phonePk', 'listAt'] as const),
];

/** Sort keys of the indexes by their partition keys; a client's and a desk's tickets go by their ids. */
const SORT_KEYS: Readonly<Record<string, string>> = {
  dueShard: 'dueAt',
  listPk: 'listAt',
  phonePk: 'listAt',
};
const KEPT_MS = 10_000;

const entryOf = (table: string, item: Plain | undefined): Entry | undefined => {
  const keys = item ? KEYS.filter((key) => item[key] !== undefined) : [];
  if (!item || keys.length === 0) return undefined;
  const attributes = Object.fromEntries(keys.map((key) => [key, item[key]]));
  return { table, pk: item.pk, sk: item.sk, attributes };
};

const same = (a: Entry | undefined, b: Entry | undefined): boolean =>
  JSON.stringify(a?.attributes) === JSON.stringify(b?.attributes);

/** The index keys of items as they were some seconds ago: what an index that lags may still answer. */
export class IndexHistory {
  readonly #now = new Map<string, Entry>();
  #past: Past[] = [];

  note(changes: readonly ItemChange[], atMs: number): void {
    for (const { table, pk, sk, before, after } of changes) {
      const [old, next] = [entryOf(table, before), entryOf(table, after)];
      const id = `${table}\n${pk}\n${sk}`;
      if (same(old, next)) continue;
      this.#past.push({ atMs, id, before: old });
      if (next) this.#now.set(id, next);
      else this.#now.delete(id);
    }
    this.#past = this.#past.filter((each) => each.atMs >= atMs - KEPT_MS);
  }

  /** Answers a query on an index as it stood at an instant of the last seconds. */
  query(input: Plain, asOfMs: number): Plain {
    const names = input.ExpressionAttributeNames as Record<string, string>;
    const values = input.ExpressionAttributeValues as Plain;
    const partition = names['#p'] ?? '';
    const sort = names['#s'] ?? SORT_KEYS[partition] ?? 'id';
    const forward = input.ScanIndexForward === false ? -1 : 1;
    const table = moduleOf(String(input.TableName));
    const found = [...this.#asOf(asOfMs).values()]
      .filter((entry) => entry.table === table)
      .filter(({ attributes }) => attributes[partition] === values[':p'] && attributes[sort] !== undefined)
      .filter(({ attributes }) => values[':s'] === undefined || attributes[sort] <= values[':s'])
      .sort((a, b) => (a.attributes[sort] < b.attributes[sort] ? -forward : forward));
    const items = found.map(({ pk, sk, attributes }) => ({
      ...{ pk, sk, [partition]: attributes[partition], [sort]: attributes[sort] },
    }));
    return { $metadata: {}, Items: items.slice(0, input.Limit) };
  }

  #asOf(asOfMs: number): Map<string, Entry> {
    const then = new Map(this.#now);
    for (let i = this.#past.length - 1; i >= 0; i -= 1) {
      const { atMs, id, before } = this.#past[i] as Past;
      if (atMs <= asOfMs) break;
      if (before) then.set(id, before);
      else then.delete(id);
    }
    return then;
  }
}
