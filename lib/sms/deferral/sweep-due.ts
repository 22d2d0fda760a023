import { instant } from '../../platform/clock.ts';
import type { EventDraft } from '../../platform/outbox/event.ts';
import { sendEvents } from '../../platform/outbox/send.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { askEvent, dueEvent, webhookDueEvent } from '../events.ts';
import { type DueLine, dueShards } from '../repository/messages.ts';
import { type Item, queryIndex } from '../repository/table.ts';

/** The tick comes once a minute, give or take: what falls due before the next one goes out as a delayed message. */
const AHEAD_MS = 70_000;
const PAGE = 100;

const reminderOf = (line: DueLine, { pk, sk, dueAt }: Item): EventDraft => {
  const id = pk.slice(pk.indexOf('#') + 1);
  if (line === 'held') return dueEvent(id, String(dueAt));
  return line === 'ask'
    ? askEvent(id, String(dueAt))
    : webhookDueEvent({ webhookId: id, deliveryId: sk }, String(dueAt));
};

export interface Swept {
  readonly sent: number;
  /** Time ran out before the end: the next tick goes on. */
  readonly cut: boolean;
}

/**
 * Reminders need no outbox: the deadline stands in the line, and the next tick finds it again. Each has a new id, for it
 * is no fact.
 */
const sendReminders = (rt: Runtime, drafts: readonly EventDraft[]): Promise<void> => {
  const at = instant(rt.clock.nowMs());
  return sendEvents(
    rt,
    drafts.map((draft) => ({ ...draft, id: rt.ids.next('evt'), at, data: { ...draft.data } })),
  );
};

const sweepShard = async (
  rt: Runtime,
  { line, shard, stopAtMs }: { line: DueLine; shard: string; stopAtMs: number },
): Promise<Swept> => {
  const until = instant(rt.clock.nowMs() + AHEAD_MS);
  let sent = 0;
  let after: Item | undefined;
  do {
    if (rt.clock.nowMs() >= stopAtMs) return { sent, cut: true };
    const page = await queryIndex(rt, {
      index: 'due',
      partition: ['dueShard', shard],
      until: ['dueAt', until],
      limit: PAGE,
      after,
    });
    await sendReminders(
      rt,
      page.items.map((item) => reminderOf(line, item as Item)),
    );
    sent += page.items.length;
    after = page.next;
  } while (after);
  return { sent, cut: false };
};

const LINES: readonly DueLine[] = ['held', 'ask', 'hook'];

/**
 * Walks the due lines and reminds: of held messages whose moment comes, of questions to providers, of webhooks to try
 * again. Moves nothing, so that running twice only reminds twice, and whoever is reminded looks at the item anew.
 */
export const sweepDue = async (rt: Runtime, stopAtMs: number): Promise<Swept> => {
  const shards = LINES.flatMap((line) => dueShards(line).map((shard) => ({ line, shard, stopAtMs })));
  const swept = await Promise.all(shards.map((each) => sweepShard(rt, each)));
  return {
    sent: swept.reduce((sum, { sent }) => sum + sent, 0),
    cut: swept.some(({ cut }) => cut),
  };
};
