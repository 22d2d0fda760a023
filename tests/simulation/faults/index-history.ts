import type { ItemChange } from '../engine/ledger.ts';
import type { Plain } from '../engine/store.ts';

interface Entry {
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

const KEYS = ['dueShard', 'dueAt', 'clientId', 'deskId', 'id', 'subject', 'actor'] as const;
const KEPT_MS = 10_000;

const entryOf = (item: Plain | undefined): Entry | undefined =>
  item && {
    pk: item.pk,
    sk: item.sk,
    attributes: Object.fromEntries(
      KEYS.flatMap((key) => (item[key] === undefined ? [] : [[key, item[key]]])),
    ),
  };

const same = (a: Entry | undefined, b: Entry | undefined): boolean =>
  JSON.stringify(a?.attributes) === JSON.stringify(b?.attributes);

/** The index keys of the desk's items as they were some seconds ago: what an index that lags may still answer. */
export class IndexHistory {
  readonly #now = new Map<string, Entry>();
  #past: Past[] = [];

  note(changes: readonly ItemChange[], atMs: number): void {
    for (const { table, pk, sk, before, after } of changes) {
      if (table !== 'desk') continue;
      const [old, next] = [entryOf(before), entryOf(after)];
      const id = `${pk}\n${sk}`;
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
    const sort = names['#s'] ?? (partition === 'dueShard' ? 'dueAt' : 'id');
    const forward = input.ScanIndexForward === false ? -1 : 1;
    const found = [...this.#asOf(asOfMs).values()]
      .filter(({ attributes }) => attributes[partition] === values[':p'] && attributes[sort] !== undefined)
      .filter(({ attributes }) => values[':s'] === undefined || attributes[sort] <= values[':s'])
      .sort((a, b) => (a.attributes[sort] < b.attributes[sort] ? -forward : forward));
    return { $metadata: {}, Items: found.slice(0, input.Limit).map(({ pk, sk }) => ({ pk, sk })) };
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
