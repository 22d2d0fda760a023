import type { Ticket } from '../product.ts';
import type { ApiUser } from './api.ts';
import { choose, mayAct, pickTicket, type Workload } from './workload.ts';

interface Posted {
  readonly key: string;
  readonly body: Record<string, unknown>;
}

const URGENT_SHARE = 0.25;

const ownTickets = ({ model }: Workload, { id }: ApiUser): Ticket[] =>
  [...model.tickets.values()].filter(({ clientId }) => clientId === id);

/** Somebody who writes to the desk, repeats what was not answered, and now and then sends nonsense. */
export const runClient = async (workload: Workload, self: ApiUser): Promise<void> => {
  const { random } = self;
  const sent: Posted[] = [];
  let count = 0;

  const post = async (posted: Posted): Promise<void> => {
    const answer = await self.insist('POST /v1/messages', posted);
    if (answer.status === 202) {
      const text = String(posted.body.text);
      workload.messages.acknowledge({
        messageId: answer.body.messageId,
        clientId: self.id,
        key: posted.key,
        text,
      });
    } else workload.world.report('messages', `${self.id} was answered ${answer.status} to a message`);
  };

  const write = (ticketId?: unknown): Promise<void> => {
    count += 1;
    const posted: Posted = {
      key: `key-${count}`,
      body: {
        text: `message ${count} of ${self.id}`,
        ...(ticketId !== undefined && { ticketId }),
        ...(random.chance(URGENT_SHARE) && { urgent: true }),
      },
    };
    sent.push(posted);
    return post(posted);
  };

  const writeToOwn = async (): Promise<void> => {
    await write(pickTicket(random, ownTickets(workload, self))?.id);
  };

  const writeToForeign = async (): Promise<void> => {
    const foreign = [...workload.model.tickets.values()].filter(({ clientId }) => clientId !== self.id);
    await write(foreign.length > 0 ? random.pick(foreign).id : 'tkt_00000000-0000-7000-8000-000000000000');
  };

  const repeat = async (): Promise<void> => {
    if (sent.length > 0) await post(random.pick(sent));
  };

  /** The same key for something else is refused. */
  const misuse = async (): Promise<void> => {
    if (sent.length === 0) return;
    const { key } = random.pick(sent);
    const { status } = await self.insist('POST /v1/messages', { key, body: { text: 'something else' } });
    if (status !== 422)
      workload.world.report('messages', `${self.id} used ${key} twice and was answered ${status}`);
  };

  const withOwn = async (act: (ticketId: string) => Promise<unknown>): Promise<void> => {
    const ticket = pickTicket(random, ownTickets(workload, self));
    if (ticket) await act(ticket.id);
  };

  /** Another word, and never mind: which of the two comes first is anybody's guess. */
  const writeAndClose = async (): Promise<void> => {
    const open = ownTickets(workload, self).filter(({ state }) => state !== 'closed');
    const ticket = pickTicket(random, open);
    if (!ticket) return;
    const close = async () => {
      await workload.world.timeline.sleep(random.int(0, 120));
      await self.call(`POST /v1/tickets/${ticket.id}/close`);
    };
    await Promise.all([write(ticket.id), close()]);
  };

  while (await mayAct(workload, random)) {
    await choose(random, [
      [42, () => write()],
      [32, writeToOwn],
      [3, writeToForeign],
      [2, () => write(random.pick(['nonsense', 7, 'tkt_x', null]))],
      [6, repeat],
      [1, misuse],
      [6, () => withOwn((id) => self.call(`POST /v1/tickets/${id}/close`))],
      [3, () => withOwn((id) => self.call(`GET /v1/tickets/${id}`))],
      [2, () => withOwn((id) => self.call(`GET /v1/tickets/${id}/messages`))],
      [1, () => self.call('GET /v1/tickets')],
      [4, async () => void (await Promise.all(Array.from({ length: random.int(2, 5) }, () => write())))],
      [4, writeAndClose],
      // Two at once, as a double press on "send" makes them.
      [2, async () => void (await Promise.all([write(), repeat()]))],
    ]);
  }
};
