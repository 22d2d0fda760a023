import { useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import type { Ticket } from '../api/types.ts';
import { notices } from '../app/notices/notices.ts';
import { useHeld } from './queries.ts';
import { isUnread, nameOf, previewOf, subjectOf } from './ticket-text.ts';

/** Tickets to accept, and clients' messages in one's own. */
export const useNotices = (): void => {
  const { t, i18n } = useLingui();
  const { data } = useHeld();
  useEffect(() => {
    const of = (ticket: Ticket) => {
      const name = nameOf(ticket, i18n);
      const base = { tag: ticket.ticketId, path: `/tickets/${ticket.ticketId}` };
      if (ticket.state === 'assigned') {
        const title = ticket.urgent ? t`Urgent, to accept: ${name}` : t`To accept: ${name}`;
        return [
          {
            ...base,
            version: `to accept ${ticket.assignedAt}`,
            title,
            body: subjectOf(ticket, i18n),
            rings: true,
          },
        ];
      }
      if (!isUnread(ticket)) return [];
      const version = `message ${ticket.card?.lastEntry?.at}`;
      return [{ ...base, version, title: name, body: previewOf(ticket, undefined, i18n).text, rings: false }];
    };
    notices.set((data ?? []).flatMap(of));
  }, [data, t, i18n]);
  useEffect(() => () => notices.set([]), []);
};
