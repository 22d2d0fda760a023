import type { Plain } from '../engine/store/store.ts';
import { scanTable } from '../engine/tables.ts';
import type { World } from '../engine/world.ts';
import { type DomainEvent, eventRoutes, journalsOf } from '../product.ts';
import { expectedFacts, saysSo, writtenFacts } from './facts.ts';
import type { Commit, Model } from './model.ts';

/** Every fact that a commit stated, so that the end can ask where it is. */
export class FactsCheck {
  readonly #world: World;
  readonly #facts: DomainEvent[] = [];

  constructor(world: World, model: Model) {
    this.#world = world;
    model.onEach((commit) => {
      this.#facts.push(...commit.events);
      this.#check(commit);
    });
  }

  /** What follows from a change for the journal is written with the change, in that of each desk it concerns. */
  #check(commit: Commit): void {
    const written = writtenFacts(commit);
    for (const fact of expectedFacts(commit)) {
      const found = written.some((each) => saysSo(each, fact));
      if (!found)
        this.#world.report(
          'facts',
          `${fact.type} of ${fact.id} is missing in the journal of ${fact.journal}`,
        );
    }
  }

  /** No outbox row is left, and each fact that was sent is in the journal or the audit log. */
  finish(): void {
    const { ledger, report } = this.#world;
    for (const { pk, sk } of ledger.all('platform'))
      if (pk.startsWith('OUTBOX#')) report('outbox', `${pk} ${sk} was never sent`);
    const audited = new Set(ledger.all('audit').map(({ id }) => id));
    for (const fact of this.#facts) {
      const routes = eventRoutes[fact.type] ?? [];
      const journals = routes.includes('desk-events') ? journalsOf(fact) : [];
      for (const journal of journals) {
        const partition = `JOURNAL#${journal}#${fact.at.slice(0, 13)}`;
        if (!ledger.find('desk', partition, `${fact.at}#${fact.id}`))
          report('facts', `${fact.type} ${fact.id} is missing in the journal of ${journal}`);
      }
      if (routes.includes('audit-events') && !audited.has(fact.data.id))
        report('facts', `${fact.type} ${fact.id} is missing in the audit log`);
    }
  }
}

/** Queues are empty but for what waits for its time, and whatever became a dead letter had faults to blame each time. */
export const checkQueues = ({ queues, report }: World): void => {
  for (const { plan, messages, dead } of queues.values()) {
    for (const { message } of dead)
      if (
        message.failures.length < plan.maxReceives ||
        message.failures.some((faults) => faults.length === 0)
      )
        report('dead-letters', `${plan.name} gave up on ${message.body}`);
    if (!plan.consumer && messages.length > 0)
      report('dead-letters', `${plan.name} holds ${messages[0]?.body}`);
  }
};

const plain = (value: unknown): unknown => {
  if (value instanceof Set) return [...value].sort();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, each]) => [name, plain(each)]),
  );
};

const lines = (items: readonly Plain[]): string[] => items.map((item) => JSON.stringify(plain(item))).sort();

/** What was evaluated all along is what the store really holds. */
export const checkStore = async (world: World): Promise<void> => {
  for (const { module } of world.topology.tables) {
    const held = lines(await scanTable(world.store, world.stage, module));
    const thought = lines(world.ledger.all(module));
    const missing = thought.find((line, index) => line !== held[index]);
    if (held.length !== thought.length || missing !== undefined)
      world.report('ledger', `${module} holds ${held.length} items, not ${thought.length}: ${missing}`);
  }
};
