import { useEffect, useRef } from 'react';
import { valueStore } from '../value-store.ts';
import type { Command } from './command.ts';

/** What each mounted pane offers, in the order of mounting. */
const offers = new Map<symbol, readonly Command[]>();

export const commands = valueStore<readonly Command[]>([]);

const labelled = (list: readonly Command[]): string =>
  list.map(({ id, label }) => `${id} ${label}`).join('\n');

const publish = (): void => {
  const byId = new Map([...offers.values()].flat().map((command) => [command.id, command]));
  const next = [...byId.values()];
  // Renders make new functions; whoever shows the list cares for what it says.
  if (labelled(next) === labelled(commands.get())) current = next;
  else {
    current = next;
    commands.set(next);
  }
};

let current: readonly Command[] = [];

/** With the newest functions. */
export const currentCommands = (): readonly Command[] => current;

export const runCommand = (id: string): void => current.find((command) => command.id === id)?.run();

/** Offers commands as long as the component is mounted. */
export const useCommands = (list: readonly Command[]): void => {
  const key = useRef(Symbol('commands'));
  useEffect(() => {
    offers.set(key.current, list);
    publish();
  });
  useEffect(() => {
    const own = key.current;
    return () => {
      offers.delete(own);
      publish();
    };
  }, []);
};
