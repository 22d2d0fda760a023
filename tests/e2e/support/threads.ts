/** What stands in the tickets, counted against what was accepted. */
import type { Person } from '../../../localstack/people.ts';
import { askAll } from './ask.ts';
import type { Sent } from './burst.ts';

interface Entry {
  readonly messageId: string;
  readonly kind: string;
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
  const found: { key: string; id: string }[] = [];
  let tickets = 0;
  for (const client of clients) {
    const token = await tokenOf(client);
    const list = await askAll<{ ticketId: string }>(`${api}/v1/tickets`, token);
    tickets += list.length;
    for (const { ticketId } of list) {
      const messages = await askAll<Entry>(`${api}/v1/tickets/${ticketId}/messages`, token);
      const written = messages.filter(({ kind }) => kind === 'client');
      found.push(...written.map(({ messageId, text }) => ({ key: `${client.id}: ${text}`, id: messageId })));
    }
  }
  const ids = found.map(({ id }) => id);
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
