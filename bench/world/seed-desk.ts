import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { type LimitName, limitSettings } from '../../lib/desk/catalogue.ts';
import { executorChange, ticketChange } from '../../lib/desk/core/change.ts';
import { beatWrite } from '../../lib/desk/core/executor-repository.ts';
import { effectiveLimits } from '../../lib/desk/core/limits.ts';
import { deskTable } from '../../lib/desk/core/table.ts';
import type { Executor, Limits, Ticket } from '../../lib/desk/model.ts';
import { SYSTEM_ACTOR } from '../../lib/platform/audit.ts';
import { instant } from '../../lib/platform/clock.ts';
import type { Runtime } from '../../lib/platform/runtime.ts';
import { settingsChange } from '../../lib/platform/settings/edit-settings.ts';
import { findSettings } from '../../lib/platform/settings/settings-repository.ts';
import { commit } from '../../lib/platform/storage/commit.ts';
import type { Write } from '../../lib/platform/storage/write.ts';

const BATCH = 25;
const AT_ONCE = 16;

type BatchRequest = { PutRequest: { Item: Record<string, unknown> } };

/** Puts the items of so many things as they are, past all conditions. */
export const putAll = async (
  rt: Runtime,
  count: number,
  itemsOf: (index: number) => readonly Write[],
): Promise<void> => {
  const table = deskTable(rt);
  const pending: BatchRequest[] = [];
  let next = 0;
  const work = async () => {
    while (next < count || pending.length > 0) {
      while (next < count && pending.length < BATCH) {
        const puts = itemsOf(next).flatMap(({ Put }) => Put?.Item ?? []);
        pending.push(...puts.map((Item) => ({ PutRequest: { Item } })));
        next += 1;
      }
      const some = pending.splice(0, BATCH);
      await rt.dynamo.send(new BatchWriteCommand({ RequestItems: { [table]: some } }));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
};

/** A place in a line or on the roster, as against the ticket or the executor itself. */
export const isPlace = ({ Put }: Write): boolean => /^(LINES|ROSTER)#/.test(String(Put?.Item?.pk));

export interface Scene {
  readonly deskId: string;
  readonly limits: Limits;
}

const HEARTBEATS = { heartbeatPeriodSec: 300, missedHeartbeats: 20 };

/** A desk whose executors' heartbeats stay current for an hour and more. */
export const newDesk = async (
  rt: Runtime,
  more: Partial<Record<LimitName, number>> = {},
  deskId = rt.ids.next('dsk'),
): Promise<Scene> => {
  const seen = await findSettings(rt, limitSettings, deskId);
  const change = { caller: SYSTEM_ACTOR, scopeId: deskId, values: { ...HEARTBEATS, ...more } };
  const { version, writes } = settingsChange(rt, limitSettings, seen, change);
  // Without the event that goes with it: nobody is to be woken yet.
  await commit(rt, { writes });
  return { deskId, limits: effectiveLimits(seen.global, { version, values: change.values }) };
};

export const executorsOf = (
  rt: Runtime,
  { deskId }: Scene,
  { count, open = 0 }: { count: number; open?: number },
): Executor[] =>
  Array.from({ length: count }, () => ({
    id: rt.ids.next('usr'),
    name: 'Bench executor',
    homeDeskId: deskId,
    presence: 'online',
    epoch: 1,
    open: Array.from({ length: open }, () => rt.ids.next('tkt')),
    openUrgent: [],
    parked: [],
    rank: 0,
    missesRunning: 0,
    version: 1,
  }));

/** The items an executor with a current heartbeat consists of. */
export const executorItems = (rt: Runtime, { limits }: Scene, executor: Executor): readonly Write[] => [
  ...executorChange(rt, { before: undefined, after: executor, limits }).writes,
  beatWrite(rt, { executorId: executor.id, lastBeatAt: instant(rt.clock.nowMs()), watch: 'bench' }),
];

/** Waiting in the new line, a millisecond after each other, all of them in the past. */
export const ticketsOf = (rt: Runtime, { deskId }: Scene, count: number): Ticket[] => {
  const endMs = rt.clock.nowMs();
  return Array.from({ length: count }, (_, index) => {
    const at = instant(endMs - (count - index));
    return {
      id: rt.ids.next('tkt'),
      deskId,
      clientId: rt.ids.next('usr'),
      state: 'waiting',
      urgent: false,
      promoted: false,
      line: 'new',
      orderedAt: at,
      waitingSince: at,
      heldBy: [],
      passedOver: {},
      createdAt: at,
      version: 1,
    };
  });
};

/** A ticket and its place in line, deadline included. */
export const ticketItems = (rt: Runtime, { limits }: Scene, ticket: Ticket): readonly Write[] =>
  ticketChange(rt, { before: undefined, after: ticket, limits, at: ticket.createdAt, cause: 'opened' })
    .writes;
