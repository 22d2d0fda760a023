import { instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { collect, type DigestItem, markRead } from '../digest.ts';
import { digestDue } from '../internal-events.ts';
import { addDigestItem, digestWrite, findDigest } from './digest-repository.ts';

/** Adds a fact to the digest of its kind, which is sent after a delay. */
export const addToDigest = (rt: Runtime, item: DigestItem): Promise<void> =>
  untilCommitted(rt, async () => {
    const before = await findDigest(rt, item);
    const decision = collect(before, item, instant(rt.clock.nowMs()));
    if (decision.kind === 'known') return;
    if (decision.kind === 'add' && (await addDigestItem(rt, item))) return;
    // The open digest was sent meanwhile: the next attempt opens another.
    if (decision.kind === 'add') return addToDigest(rt, item);
    const { next, dueAt } = decision;
    const { kind, id, openedAt } = next;
    await commit(rt, {
      writes: [digestWrite(rt, before, next)],
      events: [digestDue.draft({ kind, id, openedAt }, { deliverAt: dueAt })],
    });
  });

/** The user has read everything up to that moment: what was collected before is not sent. */
export const dropFromDigest = (rt: Runtime, item: Omit<DigestItem, 'ref'>): Promise<void> =>
  untilCommitted(rt, async () => {
    const before = await findDigest(rt, item);
    const after = markRead(before, item);
    if (after) await commit(rt, { writes: [digestWrite(rt, before, after)] });
  });
