import type { Runtime } from '../../platform/runtime.ts';
import { displayNameOf, type KnownUser } from '../core/known-user.ts';
import { findKnownUsers } from '../core/known-user-repository.ts';
import type { ThreadEntry, Ticket } from '../model.ts';
import type { EntryView, TicketView, Viewer } from './views.ts';

type KnownUsers = ReadonlyMap<string, KnownUser>;

/** A ticket as it is shown to somebody, before the names of its users are added. */
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

const named = ({ ticket, viewer, view }: Shown, users: KnownUsers): TicketView => {
  const client = users.get(ticket.clientId);
  const executor = users.get(ticket.executorId ?? '');
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

/** Tickets with the names of their users, as far as the desk has copies of them: one request for a page. */
export const withNames = async (rt: Runtime, shown: readonly Shown[]): Promise<TicketView[]> => {
  const users = await findKnownUsers(rt, shown.flatMap(shownTo));
  return shown.map((each) => named(each, users));
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
  const users = await findKnownUsers(
    rt,
    written.map(({ authorId }) => authorId),
  );
  return ({ kind, authorId, authorAs }) => {
    const user = users.get(authorId);
    if (!forClient) {
      return { authorId, ...(user?.name && { authorName: user.name }), ...(authorAs && { authorAs }) };
    }
    const displayName = kind === 'reply' && user ? displayNameOf(user) : undefined;
    return displayName ? { author: { displayName } } : {};
  };
};
