import type { Runtime } from '../../platform/runtime.ts';
import { displayNameOf, type KnownPerson } from '../core/known-user.ts';
import { findPeople } from '../core/person-repository.ts';
import type { ThreadEntry, Ticket } from '../model.ts';
import type { EntryView, TicketView, Viewer } from './views.ts';

type People = ReadonlyMap<string, KnownPerson>;

/** A ticket as it is shown to somebody, before its people have names. */
export interface Shown {
  readonly ticket: Ticket;
  readonly viewer: Viewer;
  readonly view: TicketView;
}

const shownTo = ({ ticket, viewer }: Shown): string[] => {
  const { clientId, executorId } = ticket;
  if (viewer === 'former') return [];
  const staff = viewer === 'client' ? [] : [clientId];
  return executorId ? [...staff, executorId] : staff;
};

const named = ({ ticket, viewer, view }: Shown, people: People): TicketView => {
  const client = people.get(ticket.clientId);
  const executor = people.get(ticket.executorId ?? '');
  if (viewer === 'former') return view;
  if (viewer === 'client') {
    const displayName = executor && displayNameOf(executor);
    return displayName ? { ...view, handledBy: { displayName } } : view;
  }
  return {
    ...view,
    ...(client?.name && { clientName: client.name }),
    ...(executor?.name && { executorName: executor.name }),
  };
};

/** Tickets with the names of their people, as far as identity has told them: one request for a page. */
export const withNames = async (rt: Runtime, shown: readonly Shown[]): Promise<TicketView[]> => {
  const people = await findPeople(rt, shown.flatMap(shownTo));
  return shown.map((each) => named(each, people));
};

type Authored = Pick<EntryView, 'author' | 'authorId' | 'authorName' | 'authorAs'>;

/** Clients see who answered by display name alone; staff see everybody by name. */
export const authorsFor = async (
  rt: Runtime,
  entries: readonly ThreadEntry[],
  viewer: Viewer,
): Promise<(entry: ThreadEntry) => Authored> => {
  const forClient = viewer === 'client';
  const written = entries.filter(({ kind }) => kind !== 'system' && (!forClient || kind === 'reply'));
  const people = await findPeople(
    rt,
    written.map(({ authorId }) => authorId),
  );
  return ({ kind, authorId, authorAs }) => {
    const person = people.get(authorId);
    if (!forClient) {
      return { authorId, ...(person?.name && { authorName: person.name }), ...(authorAs && { authorAs }) };
    }
    const displayName = kind === 'reply' && person ? displayNameOf(person) : undefined;
    return displayName ? { author: { displayName } } : {};
  };
};
