/** What stands in the tickets, counted against what was accepted. */
import type { Person } from '../../../localstack/tokens.ts';
import { askAll } from './ask.ts';
import type { Sent } from './burst.ts';

interface Message {
  readonly id: string;
  readonly text: string;
}

export interface Count {
  readonly accepted: number;
  readonly inThreads: number;
  readonly tickets: number;
  /** Accepted, and in no ticket's thread. */
  readonly lost: readonly string[];
  /** In threads more than once, by id or by what the client wrote. */
  readonly doubled: readonly string[];
  /** In a thread, and never accepted. */
  readonly unknown: readonly string[];
}

export type TokenOf = (person: Person) => Promise<string>;

export async function countThreads(api: string, sent: readonly Sent[], tokenOf: TokenOf): Promise<Count> {
  const clients = [...new Set(sent.map(({ client }) => client))];
  const found: { key: string; message: Message }[] = [];
  let tickets = 0;
  for (const client of clients) {
    const token = await tokenOf(client);
    const list = await askAll<{ id: string }>(`${api}/v1/tickets`, token);
    tickets += list.length;
    for (const ticket of list) {
      const messages = await askAll<Message>(`${api}/v1/tickets/${ticket.id}/messages`, token);
      found.push(...messages.map((message) => ({ key: `${client.id}: ${message.text}`, message })));
    }
  }
  const ids = found.map(({ message }) => message.id);
  const known = new Set(sent.map(({ id }) => id));
  return {
    accepted: sent.length,
    inThreads: ids.length,
    tickets,
    lost: [...known].filter((id) => !ids.includes(id)),
    doubled: [
      ...repeated(ids),
      ...repeated(found.map(({ key }) => key)),
      ...repeated(sent.map(({ id }) => id)),
    ],
    unknown: ids.filter((id) => !known.has(id)),
  };
}

const repeated = (values: readonly string[]): string[] =>
  values.filter((value, index) => values.indexOf(value) !== index);

export const isWhole = ({ lost, doubled, unknown }: Count): boolean =>
  lost.length + doubled.length + unknown.length === 0;
