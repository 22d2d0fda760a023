import type { Runtime } from '../../platform/runtime.ts';
import { findCards, type ShownCard } from '../core/card-repository.ts';
import { displayNameOf, type KnownUser } from '../core/known-user.ts';
import { findKnownUsers } from '../core/known-user-repository.ts';
import { unreadOf } from '../core/read-mark.ts';
import type { TicketCard } from '../core/ticket-card.ts';
import type { ThreadEntry, Ticket } from '../model.ts';
import { lastEntryFor, toCardView } from './card-view.ts';
import { readUpToFor } from './read-up-to.ts';
import type { Viewer } from './viewer.ts';
import type { EntryView, TicketView } from './views.ts';

type KnownUsers = ReadonlyMap<string, KnownUser>;

/** A ticket as it is shown to somebody, before the names of its users are added. */
export interface Shown {
  readonly ticket: Ticket;
  readonly viewer: Viewer;
  readonly view: TicketView;
}

const authorOf = (viewer: Viewer, card: TicketCard | undefined): string | undefined => {
  const last = card && lastEntryFor(card, viewer);
  return last && (viewer !== 'client' || last.kind === 'reply') ? last.authorId : undefined;
};

const shownTo = ({ ticket, viewer }: Shown): (string | undefined)[] => {
  if (viewer === 'former') return [];
  return [ticket.executorId, viewer === 'client' ? undefined : ticket.clientId];
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
    client: { id: ticket.clientId, ...(client?.name && { name: client.name }) },
    ...(executor?.name && { executorName: executor.name }),
  };
};

interface Look {
  readonly viewerId: string;
  /** How far the others have read is shown of one ticket, not in lists. */
  readonly others?: boolean;
}

const readersOf = ({ ticket, viewer }: Shown, { viewerId, others }: Look): string[] => {
  if (viewer === 'former') return [];
  const { clientId, executorId } = ticket;
  return [...new Set([viewerId, ...(others ? [clientId, ...(executorId ? [executorId] : [])] : [])])];
};

const withCard = (
  { ticket, viewer, view }: Shown,
  { card, marks }: ShownCard,
  { users, look }: { users: KnownUsers; look: Look },
): TicketView => {
  const nameOf = (id: string) => {
    const user = users.get(id);
    return user && (viewer === 'client' ? displayNameOf(user) : user.name);
  };
  const shown = { ...view, card: toCardView(card, viewer, nameOf) };
  if (viewer === 'former') return shown;
  const unread = unreadOf(card, marks.get(look.viewerId), viewer === 'client' ? 'client' : 'staff');
  return {
    ...shown,
    unread,
    ...(look.others && { readUpTo: readUpToFor({ ticket, viewer }, marks, look.viewerId) }),
  };
};

/**
 * Tickets with their cards, what is unread, and the names of their users as far as the desk has copies of them: two requests for
 * a page, one more for each hundred cards and marks.
 */
export const withCards = async (rt: Runtime, shown: readonly Shown[], look: Look): Promise<TicketView[]> => {
  const cards = await findCards(
    rt,
    shown.map((each) => ({ ticket: each.ticket, readerIds: readersOf(each, look) })),
  );
  const cardOf = ({ ticket }: Shown) => cards.get(ticket.id);
  const users = await findKnownUsers(
    rt,
    shown.flatMap((each) => [...shownTo(each), authorOf(each.viewer, cardOf(each)?.card)]),
  );
  return shown.map((each) => {
    const view = named(each, users);
    const card = cardOf(each);
    return card ? withCard({ ...each, view }, card, { users, look }) : view;
  });
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
