import type { Store } from '../engine/store/store.ts';
import { agree, isBeyondEmbedded } from './agreement.ts';
import { type StoreCommand, tableInput } from './commands.ts';
import { type Outcome, outcomeOf } from './outcome.ts';

/** A command and what the embedded store made of it. */
export interface Recorded {
  readonly command: StoreCommand;
  readonly embedded: Outcome;
}

let tables = 0;

const onNewTable = async <T>(
  stores: readonly Store[],
  work: (tableName: string) => Promise<T>,
): Promise<T> => {
  const tableName = `table-${process.pid}-${tables++}`;
  for (const store of stores) await store.createTable(tableInput(tableName));
  const done = await work(tableName);
  for (const store of stores) await store.deleteTable(tableName);
  return done;
};

/** The first command that the stores differ in. */
export interface Difference extends Recorded {
  readonly memory: Outcome;
}

/** Sends commands to both stores, one after the other. What the embedded one does in a way of its own it is not asked. */
export const compareStores = (
  embeddedStore: Store,
  memoryStore: Store,
  commands: readonly StoreCommand[],
): Promise<{ readonly recorded: readonly Recorded[]; readonly difference: Difference | undefined }> =>
  onNewTable([embeddedStore, memoryStore], async (tableName) => {
    const recorded: Recorded[] = [];
    for (const command of commands) {
      const memory = await outcomeOf(memoryStore, tableName, command);
      if (isBeyondEmbedded(command, memory)) continue;
      const embedded = await outcomeOf(embeddedStore, tableName, command);
      if (!agree({ command, embedded, memory }))
        return { recorded, difference: { command, embedded, memory } };
      recorded.push({ command, embedded });
    }
    return { recorded, difference: undefined };
  });

/** Whether a model answers recorded commands otherwise than the embedded store did. */
export const differsFrom = (memoryStore: Store, recorded: readonly Recorded[]): Promise<boolean> =>
  onNewTable([memoryStore], async (tableName) => {
    for (const { command, embedded } of recorded) {
      const memory = await outcomeOf(memoryStore, tableName, command);
      if (!agree({ command, embedded, memory })) return true;
    }
    return false;
  });
