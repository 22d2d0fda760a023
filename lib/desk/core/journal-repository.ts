import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { epochSec, type Instant, instant } from '../../platform/clock.ts';
import type { EventDraft } from '../../platform/events/event.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import { lazily, storedInstant } from '../../platform/storage/stored-schema.ts';
import type { Write } from '../../platform/storage/write.ts';
import { DAY_MS, hourOf, hoursBetween, type JournalEntry, journalsOf, KEEP_DAYS } from './journal.ts';
import { deskTable, type Item, queryPage } from './table.ts';

const partition = (journal: string, hour: string): string => `JOURNAL#${journal}#${hour}`;

/** A fact that came by the queue. */
export const journalFacts = defineEntity({
  table: 'desk',
  name: 'desk.journal-fact',
  key: ({ journal, at, id }: { journal: string; at: Instant; id: string }) => ({
    pk: partition(journal, hourOf(at)),
    sk: `${at}#${id}`,
  }),
  schema: lazily(() =>
    z.object({
      at: storedInstant(),
      id: z.string(),
      type: z.string(),
      data: z.record(z.string(), z.unknown()),
    }),
  ),
  inKey: {
    attributes: ['journal', 'at', 'id'],
    read: ({ sk }) => ({ at: sk.slice(0, sk.indexOf('#')), id: sk.slice(sk.indexOf('#') + 1) }),
  },
});

/** An hour is spread over so many partitions: a desk's own takes a thousand write units a second, two hundred tickets' worth. */
const SHARDS = 4;

const shardPartition = (journal: string, hour: string, shard: number): string =>
  `${partition(journal, hour)}#${shard}`;

const shardOf = (id: string): number =>
  [...id].reduce((hash, char) => (hash * 31 + char.charCodeAt(0)) % 65_521, 0) % SHARDS;

/** The facts of one commit, written with it. */
export const journalEntries = defineEntity({
  table: 'desk',
  name: 'desk.journal-entry',
  key: ({ journal, at, id }: { journal: string; at: Instant; id: string }) => ({
    pk: shardPartition(journal, hourOf(at), shardOf(id)),
    sk: `${at}#${id}`,
  }),
  schema: lazily(() =>
    z.object({
      at: storedInstant(),
      id: z.string(),
      facts: z.array(z.object({ type: z.string(), data: z.record(z.string(), z.unknown()) })),
    }),
  ),
  inKey: {
    attributes: ['journal', 'at', 'id'],
    read: ({ sk }) => ({ at: sk.slice(0, sk.indexOf('#')), id: sk.slice(sk.indexOf('#') + 1) }),
  },
});

const expiry = (at: Instant): number => epochSec(at) + (KEEP_DAYS * DAY_MS) / 1000;

/** One item for all facts of a commit in each journal they belong to. */
export const journalWrites = (rt: Runtime, events: readonly EventDraft[]): Write[] => {
  if (events.length === 0) return [];
  const at = instant(rt.clock.nowMs());
  const id = rt.ids.next('jnl');
  const facts = events.map(({ type, data }) => ({ type, data: { ...data } }));
  const journals = new Set(facts.flatMap(journalsOf));
  return [...journals].map((journal) => {
    const own = facts.filter((fact) => journalsOf(fact).includes(journal));
    return journalEntries.putNew(rt, { journal, at, id, facts: own }, { expiresAtSec: expiry(at) });
  });
};

/** Writes down a fact that came by the queue. The key is the fact's own, so doing it again writes the same. */
export const appendFact = async (rt: Runtime, journal: string, entry: JournalEntry): Promise<void> => {
  const { id, at, type, data } = entry;
  const expiresAtSec = expiry(at);
  const fact = { journal, id, at, type, data: { ...data } };
  const Item = journalFacts.toItem(fact, { expiresAtSec });
  await rt.dynamo.send(new PutCommand({ TableName: deskTable(rt), Item }));
};

const PAGE = 1000;
/** Each hour is five requests. */
const HOURS_AT_ONCE = 6;

const readPartition = async (
  rt: Runtime,
  pk: string,
  { from, to }: { from: Instant; to: Instant },
): Promise<Item[]> => {
  const items: Item[] = [];
  let after: Item | undefined;
  do {
    const page = await queryPage(rt, { pk, from, to: `${to}~`, limit: PAGE, ...(after && { after }) });
    items.push(...page.items);
    after = page.next;
  } while (after);
  return items;
};

const factsOf = (rt: Runtime, items: readonly Item[]): JournalEntry[] =>
  journalEntries
    .parseAll(rt, items)
    .flatMap(({ at, id, facts }) => facts.map((fact, index) => ({ at, id: `${id}.${index}`, ...fact })));

const inTime = (a: JournalEntry, b: JournalEntry): number => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0);

/** What came by the queue, and what was written with the commits, in order of time. */
const readHour = async (
  rt: Runtime,
  journal: string,
  hour: string,
  span: { from: Instant; to: Instant },
): Promise<JournalEntry[]> => {
  const shards = Array.from({ length: SHARDS }, (_, shard) => shardPartition(journal, hour, shard));
  const [sent, ...written] = await Promise.all([
    readPartition(rt, partition(journal, hour), span),
    ...shards.map((pk) => readPartition(rt, pk, span)),
  ]);
  // Commits of one millisecond in the order of their ids, whichever partitions they are in.
  const commits = written.flat().sort((a, b) => (a.sk < b.sk ? -1 : 1));
  const entries = [...journalFacts.parseAll(rt, sent), ...factsOf(rt, commits)];
  return entries.sort(inTime);
};

/** The facts of a span, both ends included, in order of time, several hours at once; ends when there are too many. */
export const listFacts = async (
  rt: Runtime,
  journal: string,
  span: { from: Instant; to: Instant; atMost: number },
): Promise<{ entries: JournalEntry[]; more: boolean }> => {
  const hours = hoursBetween(span.from, span.to);
  const entries: JournalEntry[] = [];
  for (let start = 0; start < hours.length; start += HOURS_AT_ONCE) {
    const some = hours.slice(start, start + HOURS_AT_ONCE);
    const read = await Promise.all(some.map((hour) => readHour(rt, journal, hour, span)));
    entries.push(...read.flat());
    if (entries.length > span.atMost) return { entries: entries.slice(0, span.atMost), more: true };
  }
  return { entries, more: false };
};
