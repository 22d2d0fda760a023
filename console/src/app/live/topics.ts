/** Queries say in their `meta.topics` what changes them: what is on the screen is what is subscribed to. */
import type { Query } from '@tanstack/react-query';
import { queries } from '../queries.ts';

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: { readonly topics?: readonly string[] };
  }
}

export const topicsOf = (query: Query): readonly string[] => query.meta?.topics ?? [];

/** Topics of all that is on the screen. */
export const wantedTopics = (): ReadonlySet<string> =>
  new Set(
    queries
      .getQueryCache()
      .getAll()
      .filter((query) => query.isActive())
      .flatMap(topicsOf),
  );

/** Marks what a topic changes as old; what is on the screen is fetched anew at once. */
export const refetchTopic = (topic: string): void =>
  void queries.invalidateQueries({ predicate: (query) => topicsOf(query).includes(topic) });

const SPREAD_MS = 2000;

/** Everything on the screen, spread over two seconds: all consoles come back at once. */
export const refetchScreen = (): void => {
  void queries.invalidateQueries({ refetchType: 'none' });
  for (const query of queries.getQueryCache().findAll({ type: 'active' }))
    setTimeout(
      () => void queries.refetchQueries({ queryKey: query.queryKey, exact: true, type: 'active' }),
      Math.random() * SPREAD_MS,
    );
};

/** Calls back when something else is on the screen. @returns how to stop */
export const onScreenChange = (listener: () => void): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = queries.getQueryCache().subscribe(({ type }) => {
    if (type !== 'observerAdded' && type !== 'observerRemoved' && type !== 'removed') return;
    clearTimeout(timer);
    timer = setTimeout(listener, 30);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
};
