import type { EventDraft } from '../../platform/events/event.ts';
import type { Runtime } from '../../platform/runtime.ts';
import {
  type DueItem,
  type DuePage,
  type DueShard,
  type Swept,
  sweepDueLines,
} from '../../platform/timers/sweep-due-lines.ts';
import { askEvent, dueEvent, webhookDueEvent } from '../events.ts';
import { type DueLine, dueShards } from '../repository/messages.ts';
import { type Item, queryIndex, smsTable } from '../repository/table.ts';

/** The tick comes once a minute, give or take: what falls due before the next one goes out as a delayed message. */
const AHEAD_MS = 70_000;

const reminderOf = (line: DueLine, { key: { pk, sk }, lookAt }: DueItem): EventDraft => {
  const id = pk.slice(pk.indexOf('#') + 1);
  if (line === 'held') return dueEvent(id, lookAt);
  return line === 'ask' ? askEvent(id, lookAt) : webhookDueEvent({ webhookId: id, deliveryId: sk }, lookAt);
};

/** From the index alone: whether an item still stands there is seen when it is put back, and by whoever is reminded. */
const listDue = async (
  rt: Runtime,
  { shard, until, limit, after }: { shard: string; until: string; limit: number; after?: Item | undefined },
): Promise<DuePage<DueItem>> => {
  const page = await queryIndex(rt, {
    index: 'due',
    partition: ['dueShard', shard],
    until: ['dueAt', until],
    limit,
    after,
  });
  const due = page.items.map((item): DueItem => {
    const lookAt = String((item as Item).dueAt);
    return { key: { pk: item.pk, sk: item.sk }, lookAt, deadline: lookAt };
  });
  return { due, next: page.next };
};

const LINES: readonly DueLine[] = ['held', 'ask', 'hook'];

/**
 * Walks the due lines and reminds: of held messages whose moment comes, of questions to providers, of webhooks to try
 * again; of none again for five minutes. Whoever is reminded looks at the item anew.
 */
export const sweepDue = (rt: Runtime, stopAtMs: number): Promise<Swept> => {
  const untilMs = rt.clock.nowMs() + AHEAD_MS;
  const shards = LINES.flatMap((line) =>
    dueShards(line).map(
      (shard): DueShard<DueItem> => ({
        untilMs,
        list: (query) => listDue(rt, { shard, ...query }),
        eventOf: (due) => reminderOf(line, due),
      }),
    ),
  );
  return sweepDueLines(rt, { table: smsTable(rt), stopAtMs }, shards);
};
