import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import { lazily } from '../../platform/storage/stored-schema.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { KnownUser } from './known-user.ts';
import { nameStarts } from './normal-name.ts';
import { type Item, type Key, queryPage, remove } from './table.ts';

type Client = Pick<KnownUser, 'userId' | 'phone' | 'name' | 'roles' | 'emailKey'>;

/** What an address is found by. The desk has no use for the address itself, and does not keep it. */
export const emailKeyOf = (address: string): string =>
  createHash('sha256').update(address.trim().toLowerCase()).digest('base64url');

/** Under one start of a name lie all clients who have it; names are spread over partitions by their first character. */
const namePartition = (start: string): string => `NAMES#${[...start][0] ?? ''}`;
const exactPartition = (kind: 'phone' | 'email', value: string): string => `FIND#${kind}#${value}`;

interface Entry {
  readonly pk: string;
  readonly sk: string;
  readonly userId: string;
}

/** Where a client is found by phone, address and name; keys alone. */
export const clientEntries = defineEntity({
  table: 'desk',
  name: 'desk.client-entry',
  key: ({ pk, sk }: Pick<Entry, 'pk' | 'sk'>): Key => ({ pk, sk }),
  schema: lazily(() => z.object({ userId: z.string() })),
});

const entriesOf = (client: Client | undefined): Entry[] => {
  if (!client?.roles.includes('client')) return [];
  const { userId, phone, name, emailKey } = client;
  return [
    { pk: exactPartition('phone', phone), sk: userId, userId },
    ...(emailKey ? [{ pk: exactPartition('email', emailKey), sk: userId, userId }] : []),
    ...nameStarts(name ?? '').map((start) => ({
      pk: namePartition(start),
      sk: `${start}#${userId}`,
      userId,
    })),
  ];
};

const idOf = ({ pk, sk }: Entry): string => `${pk} ${sk}`;

/** A client's entries follow from the copy of the user, and are written with it; its version fences them. */
export const clientIndexWrites = (rt: Runtime, before: Client | undefined, after: Client): Write[] => {
  const is = new Map(entriesOf(after).map((entry) => [idOf(entry), entry]));
  const was = new Map(entriesOf(before).map((entry) => [idOf(entry), entry]));
  return [
    ...[...was].flatMap(([id, { pk, sk }]) => (is.has(id) ? [] : [remove(rt, { pk, sk })])),
    ...[...is.values()].map((entry) => clientEntries.put(rt, entry)),
  ];
};

export interface NamePage {
  /** Each with the start of the name under which it lies. */
  readonly entries: readonly { readonly userId: string; readonly start: string }[];
  /** Sort key of the last entry, when there are more. */
  readonly last?: string;
}

/** The clients of whose names a word begins with a prefix, in the order of the names from that word on. */
export const listByName = async (
  rt: Runtime,
  { prefix, limit, after }: { prefix: string; limit: number; after?: string | undefined },
): Promise<NamePage> => {
  const pk = namePartition(prefix);
  // One more than requested shows whether there is a next page.
  const page = await queryPage(rt, {
    pk,
    beginsWith: prefix,
    limit: limit + 1,
    lagging: true,
    ...(after && { after: { pk, sk: after } satisfies Item }),
  });
  const shown = page.items.slice(0, limit);
  const last = page.items.length > limit ? shown.at(-1)?.sk : undefined;
  const entries = shown.map(({ sk, userId }) => ({
    userId: String(userId),
    start: sk.slice(0, sk.lastIndexOf('#')),
  }));
  return { entries, ...(last && { last }) };
};

/** More than one only for a moment, while a phone passes from one user to another. */
const FEW = 10;

/** Ids of the clients with exactly this phone (E.164) or this key of an address. */
export const findByExact = async (rt: Runtime, kind: 'phone' | 'email', value: string): Promise<string[]> => {
  const page = await queryPage(rt, { pk: exactPartition(kind, value), limit: FEW, lagging: true });
  return page.items.map(({ userId }) => String(userId));
};
