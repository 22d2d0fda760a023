import type { userChanged } from '../../identity/events.ts';
import type { EventOf } from '../../platform/events/define-event.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import type { Contact } from '../model.ts';
import { contactWrites, findContact } from './contact-repository.ts';

/** Keeps a copy of a user. Queues reorder: an event that is not newer than the copy is ignored. */
export const keepContact = (rt: Runtime, { aggregate, data }: EventOf<typeof userChanged>): Promise<void> =>
  untilCommitted(rt, async () => {
    const before = await findContact(rt, data.userId);
    const version = aggregate?.version ?? 0;
    if (before && before.version >= version) return;
    const after: Contact = { ...data, version };
    await commit(rt, { writes: contactWrites(rt, { before, after }) });
  });
