import { auditRecorded } from '../lib/platform/audit.ts';
import type { ModuleDefinition } from '../lib/platform/define-module.ts';
import { eventRoutes } from '../lib/platform/events/routes.ts';
import type { FunctionDeclaration } from './declaration.ts';
import { definitionOf } from './module-definitions.ts';

/** It sends what any function has committed and did not come to send. */
const SWEEP = 'functions/platform/sweep-outbox.schedule';

type Routes = Readonly<Record<string, readonly string[]>>;

/** Whether a module may publish an event: one of its own, one it says it also publishes, or an entry of the audit log. */
const mayPublish = ({ name, alsoPublishes = [] }: ModuleDefinition, event: string): boolean =>
  event.startsWith(`${name}.`) ||
  event === auditRecorded.name ||
  alsoPublishes.some((each) => each.name === event);

/**
 * Routes of the events that a function may publish.
 * @param handler `functions/desk/open-ticket.queue`, whatever follows the last dot
 */
const routesOf = (module: ModuleDefinition, handler: string): Routes =>
  handler.startsWith(`${SWEEP}.`)
    ? eventRoutes
    : Object.fromEntries(Object.entries(eventRoutes).filter(([event]) => mayPublish(module, event)));

/** Queues that a function sends to, by their names, each once and sorted. */
export const queuesSentTo = (
  module: ModuleDefinition,
  { publishes, consumes, handler }: Pick<FunctionDeclaration, 'publishes' | 'consumes' | 'handler'>,
): string[] => {
  const queues = publishes ? Object.values(routesOf(module, handler)).flat() : [];
  // A message that can never be handled leaves for the queue of the rejected.
  return [...new Set([...queues, ...(consumes.length > 0 ? ['rejected'] : [])])].toSorted();
};

/** What stands for routes.json in the bundle of an entry: `functions/desk/routes.ts`. */
export const bundledRoutes = async (entry: string): Promise<Routes> =>
  routesOf(await definitionOf(entry.split('/')[1] ?? ''), entry);
