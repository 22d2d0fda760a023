import type { DomainEvent } from '../../platform/events/event.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { journalsOf } from '../core/journal.ts';
import { appendFact } from '../core/journal-repository.ts';

/** Keeps a fact of the desk for replays (R-DESK-12). A fact that comes twice is written down once. */
export const recordJournal = async (rt: Runtime, event: DomainEvent): Promise<void> => {
  const { id, at, type, data } = event;
  await Promise.all(journalsOf(event).map((journal) => appendFact(rt, journal, { id, at, type, data })));
};
