import { instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { type DigestItem, gather, seen } from '../digest.ts';
import { gatheredDue } from '../internal-events.ts';
import { addToGathering, findGathering, gatheringWrite } from './gathering-repository.ts';

/** Keeps a thing to be told, with others of its kind, in a while. */
export const addToDigest = (rt: Runtime, news: DigestItem): Promise<void> =>
  untilCommitted(rt, async () => {
    const before = await findGathering(rt, news);
    const decision = gather(before, news, instant(rt.clock.nowMs()));
    if (decision.kind === 'known') return;
    if (decision.kind === 'add' && (await addToGathering(rt, news))) return;
    // What was open has been told meanwhile: the next look opens it anew.
    if (decision.kind === 'add') return addToDigest(rt, news);
    const { next, dueAt } = decision;
    const { kind, id, openedAt } = next;
    await commit(rt, {
      writes: [gatheringWrite(rt, before, next)],
      events: [gatheredDue.draft({ kind, id, openedAt }, { deliverAt: dueAt })],
    });
  });

/** The person was there at that moment: what was gathered before needs no telling. */
export const dropFromDigest = (rt: Runtime, news: Omit<DigestItem, 'ref'>): Promise<void> =>
  untilCommitted(rt, async () => {
    const before = await findGathering(rt, news);
    const after = seen(before, news);
    if (after) await commit(rt, { writes: [gatheringWrite(rt, before, after)] });
  });
