import { QueryClient } from '@tanstack/react-query';
import { isTransient } from '../api/problem.ts';

const TRIES = 2;

/** Old content stays while it is fetched anew; freshness comes from live updates. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      networkMode: 'always',
      retry: (failures, problem) => failures < TRIES && isTransient(problem),
      retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 4000),
    },
    mutations: { networkMode: 'always' },
  },
});
