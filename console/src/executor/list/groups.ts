import type { Ticket } from '../../api/types.ts';

type Listed = Pick<
  Ticket,
  | 'ticketId'
  | 'state'
  | 'acceptBy'
  | 'acceptedAt'
  | 'assignedAt'
  | 'createdAt'
  | 'closesAt'
  | 'waitingClientSince'
> & { readonly card?: { readonly lastEntry?: { readonly at: string } } };

export interface Groups<T> {
  /** The soonest deadline first. */
  readonly toAccept: readonly T[];
  /** Where something happened last first. */
  readonly inHand: readonly T[];
  /** The one that closes first on top. */
  readonly waiting: readonly T[];
}

const byText = (textOf: (ticket: Listed) => string, sign: 1 | -1) => (a: Listed, b: Listed) =>
  sign * (textOf(a) < textOf(b) ? -1 : textOf(a) > textOf(b) ? 1 : a.ticketId < b.ticketId ? -1 : 1);

/** When something happened on it last, as far as the list knows. */
export const lastAtOf = (ticket: Listed): string =>
  ticket.card?.lastEntry?.at ??
  ticket.waitingClientSince ??
  ticket.acceptedAt ??
  ticket.assignedAt ??
  ticket.createdAt;

/** An executor's tickets as their list shows them. ISO times compare as texts. */
export const groupsOf = <T extends Listed>(tickets: readonly T[]): Groups<T> => {
  const of = (state: Ticket['state']): readonly T[] => tickets.filter((ticket) => ticket.state === state);
  return {
    toAccept: of('assigned').toSorted(byText(({ acceptBy = '' }) => acceptBy, 1)),
    inHand: of('accepted').toSorted(byText(lastAtOf, -1)),
    waiting: of('waitingClient').toSorted(byText(({ closesAt = '' }) => closesAt, 1)),
  };
};
