import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { epochSec, type Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import { lazily, storedInstant } from '../../platform/storage/stored-schema.ts';
import { deskTable, type Item, queryPage } from '../core/table.ts';
import { DAY_MS, hourOf, hoursBetween, type JournalEntry, KEEP_DAYS } from './journal.ts';

const partition = (journal: string, hour: string): string => `JOURNAL#${journal}#${hour}`;

/** A fact as it stands in a journal. */
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

/** Writes a fact down. The key is the fact's own, so doing it again writes the same. */
export const appendFact = async (rt: Runtime, journal: string, entry: JournalEntry): Promise<void> => {
  const { id, at, type, data } = entry;
  const expiresAtSec = epochSec(at) + (KEEP_DAYS * DAY_MS) / 1000;
  const fact = { journal, id, at, type, data: { ...data } };
  const Item = journalFacts.toItem(fact, { expiresAtSec });
  await rt.dynamo.send(new PutCommand({ TableName: deskTable(rt), Item }));
};

const PAGE = 1000;
const HOURS_AT_ONCE = 12;

const readHour = async (
  rt: Runtime,
  pk: string,
  { from, to }: { from: Instant; to: Instant },
): Promise<JournalEntry[]> => {
  const entries: JournalEntry[] = [];
  let after: Item | undefined;
  do {
    const page = await queryPage(rt, { pk, from, to: `${to}~`, limit: PAGE, ...(after && { after }) });
    entries.push(...journalFacts.parseAll(rt, page.items));
    after = page.next;
  } while (after);
  return entries;
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
    const read = await Promise.all(some.map((hour) => readHour(rt, partition(journal, hour), span)));
    entries.push(...read.flat());
    if (entries.length > span.atMost) return { entries: entries.slice(0, span.atMost), more: true };
  }
  return { entries, more: false };
};
