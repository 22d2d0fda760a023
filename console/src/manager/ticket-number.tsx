import { useQuery } from '@tanstack/react-query';
import { numberQuery } from './queries.ts';

const SHORT = 4;

/** `#4 182`; a ticket of before there were numbers shows the end of its id. */
export const numberOrId = (ticketId: string, number: number | null | undefined): string =>
  number === null || number === undefined
    ? `…${ticketId.slice(-SHORT)}`
    : `#${String(number).replaceAll(/\B(?=(\d{3})+$)/g, '\u202f')}`;

export function TicketNumber({ ticketId }: { readonly ticketId: string }) {
  const { data } = useQuery(numberQuery(ticketId));
  return (
    <span className="num" title={ticketId}>
      {numberOrId(ticketId, data)}
    </span>
  );
}
