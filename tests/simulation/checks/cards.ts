import type { World } from '../engine/world.ts';
import { cardOf } from '../product.ts';
import type { Model, ThreadItem } from './model.ts';

/** A ticket's card says at every end what its thread says, and no two tickets have one number (R-DESK-10). */
export const checkCards = ({ ledger, report }: World, { threads, tickets }: Model): void => {
  const byTicket = Map.groupBy(threads, ({ ticketId }) => ticketId);
  const numbers = new Map<number, string>();
  for (const { id, number } of tickets.values()) {
    if (number === undefined) {
      report('cards', `${id} has no number`);
      continue;
    }
    const other = numbers.get(number);
    if (other) report('cards', `${id} and ${other} have the number ${number}`);
    numbers.set(number, id);
    const inOrder = (byTicket.get(id) ?? []).toSorted((a: ThreadItem, b: ThreadItem) =>
      `${a.at}#${a.messageId}` < `${b.at}#${b.messageId}` ? -1 : 1,
    );
    const { pk, sk, ...stored } = ledger.find('desk', `NUMBER#${number}`, 'CARD') ?? {};
    const expected = cardOf(inOrder, { ticketId: id, number });
    if (JSON.stringify(sorted(stored)) !== JSON.stringify(sorted(expected)))
      report('cards', `${id} has ${JSON.stringify(stored)} and not ${JSON.stringify(expected)}`);
  }
};

const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .map(([name, each]) => [name, sorted(each)] as const)
          .toSorted(([a], [b]) => (a < b ? -1 : 1)),
      )
    : value;
