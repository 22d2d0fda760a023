import type { I18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Ticket } from '../api/types.ts';
import { numberText } from '../parts/number-text.ts';

/** What lists and heads say of a ticket; old tickets have no card and no number. */

/** Whoever has lost a ticket is not told whose it is. */
export const nameOf = ({ client, lostAt }: Ticket, i18n: I18n): string =>
  client?.name ?? i18n._(lostAt === undefined ? msg`Client without a name` : msg`Client`);

export const subjectOf = ({ card, number }: Ticket, i18n: I18n): string => {
  if (card?.subject) return card.subject;
  return number === undefined ? i18n._(msg`Ticket`) : i18n._(msg`Ticket ${numberText(number)}`);
};

export const isUnread = ({ unread = 0 }: Ticket): boolean => unread > 0;

export const previewOf = (
  ticket: Ticket,
  userId: string | undefined,
  i18n: I18n,
): { readonly mine: boolean; readonly text: string } => {
  const { lastEntry, preview } = ticket.card ?? {};
  const mine = lastEntry !== undefined && lastEntry.kind !== 'client' && lastEntry.author?.id === userId;
  // What the product notes is in no reader's language.
  if (lastEntry?.kind === 'system') return { mine: false, text: subjectOf(ticket, i18n) };
  return { mine, text: preview ?? subjectOf(ticket, i18n) };
};
