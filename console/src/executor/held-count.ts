import { useQuery } from '@tanstack/react-query';
import { heldQuery } from './queries.ts';

/** How many tickets want something of the reader: to be accepted, or in hand. */
export const useHeldCount = (): number | undefined => {
  const { data } = useQuery(heldQuery);
  return data?.filter(({ state }) => state !== 'waitingClient').length;
};
