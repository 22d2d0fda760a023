import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client.ts';
import type { Ticket } from '../../api/types.ts';
import { textIn, useAddress, useDeskId } from '../use-address.ts';

export type TicketState = Ticket['state'];
export const states: readonly TicketState[] = ['waiting', 'assigned', 'accepted', 'waitingClient', 'closed'];

const PAGE = 50;
const OFTEN_MS = 5000;

const ticketsQuery = (deskId: string, state: TicketState | undefined) =>
  infiniteQueryOptions({
    queryKey: ['tickets', 'desk', deskId, state ?? 'all'],
    refetchInterval: OFTEN_MS,
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      bodyOf(
        api.GET('/v1/tickets', {
          params: {
            query: { deskId, limit: PAGE, ...(state && { state }), ...(pageParam && { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

/** The state that the address asks for. */
export const useStateFilter = (): [TicketState | undefined, (state: TicketState | undefined) => void] => {
  const [search, change] = useAddress();
  const asked = textIn(search, 'state');
  return [states.find((state) => state === asked), (state) => change({ state })];
};

/** Tickets of the desk, newest first, page by page. */
export const useTickets = () => {
  const deskId = useDeskId();
  const [state] = useStateFilter();
  const query = useInfiniteQuery(ticketsQuery(deskId, state));
  const tickets = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return { ...query, tickets };
};
