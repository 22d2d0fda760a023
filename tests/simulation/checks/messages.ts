import type { Plain } from '../engine/store/store.ts';
import type { World } from '../engine/world.ts';
import type { Ticket } from '../product.ts';
import type { Commit, Model, ThreadItem } from './model.ts';

/** A message as the API has acknowledged it. */
export interface Acknowledged {
  readonly messageId: string;
  readonly clientId: string;
  readonly key: string;
  readonly text: string;
}

/** The state a message finds its ticket in, before it joins. */
type Found = 'none' | 'foreign' | 'open' | 'closed';

/** No accepted message is lost or doubled, and each client's keep their order (R-DESK-02, R-DESK-03). */
export class MessagesCheck {
  readonly #world: World;
  readonly #model: Model;
  readonly #acknowledged = new Map<string, Acknowledged>();
  /** By client and seq: the number of the commit that took this turn. */
  readonly #turns = new Map<string, number>();
  /** By client: the seqs accepted and not yet processed, each with the number of the commit that accepted it. */
  readonly #waiting = new Map<string, Map<number, number>>();
  #commits = 0;
  /** Tickets as they were before the present request. */
  readonly #tickets = new Map<string, Ticket>();

  constructor(world: World, model: Model) {
    this.#world = world;
    this.#model = model;
    model.onEach((commit) => this.#follow(commit));
  }

  /** The API said 202. */
  acknowledge(message: Acknowledged): void {
    const key = `${message.clientId} ${message.key}`;
    const first = this.#acknowledged.get(key);
    if (first && (first.messageId !== message.messageId || first.text !== message.text))
      this.#world.report(
        'messages',
        `key ${key} was answered by ${first.messageId} and by ${message.messageId}`,
      );
    this.#acknowledged.set(key, message);
  }

  #found(ticketId: unknown, clientId: string): Found {
    const ticket = this.#tickets.get(String(ticketId));
    if (!ticket) return 'none';
    if (ticket.clientId !== clientId) return 'foreign';
    return ticket.state === 'closed' ? 'closed' : 'open';
  }

  /** What was accepted before another was sent comes before it; of two under way at once either may be first. */
  #checkOrder({ clientId, seq }: { clientId: string; seq: number }): void {
    const waiting = this.#waiting.get(clientId) ?? new Map<number, number>();
    const turn = this.#turns.get(`${clientId} ${seq}`) ?? 0;
    for (const [other, accepted] of waiting)
      if (other !== seq && accepted < turn)
        this.#world.report('messages', `${clientId} had ${seq} processed before ${other}`);
    if (!waiting.delete(seq)) this.#world.report('messages', `${clientId} had ${seq} processed anew`);
  }

  #noteOrder({ pk, sk, before, after }: Commit['changes'][number]): void {
    if (pk.startsWith('CLIENT#') && sk === 'CLIENT' && after)
      this.#turns.set(`${pk.slice('CLIENT#'.length)} ${after.lastSeq}`, this.#commits);
    if (!pk.startsWith('MESSAGE#') || before || !after) return;
    const waiting = this.#waiting.get(after.clientId) ?? new Map<number, number>();
    this.#waiting.set(after.clientId, waiting.set(after.seq, this.#commits));
  }

  #follow({ changes, tickets }: Commit): void {
    this.#commits += 1;
    for (const change of changes) {
      const { pk, sk, before, after } = change;
      this.#noteOrder(change);
      if (pk.startsWith('MESSAGE#') && after?.state === 'rejected')
        this.#world.report('messages', `${after.messageId} became rejected`);
      // It has been placed when it is in its client's inbox no more.
      if (!pk.startsWith('CLIENT#') || !sk.startsWith('INBOX#') || !before || after) continue;
      const message = this.#world.ledger.find('desk', `MESSAGE#${before.messageId}`, 'MESSAGE');
      const entry = changes.find((each) => each.sk.startsWith('MSG#') && each.sk.endsWith(before.messageId));
      this.#checkOrder(message as never);
      const found = this.#found(message?.requestedTicketId, message?.clientId);
      const opened = tickets.find((each) => each.before === undefined)?.after;
      this.#checkPlace(message as never, { found, ticketId: String(entry?.after?.ticketId), opened });
    }
    for (const { after } of tickets) if (after) this.#tickets.set(after.id, after);
  }

  #checkPlace(
    { messageId, requestedTicketId }: { messageId: string; requestedTicketId?: string },
    { found, ticketId, opened }: { found: Found; ticketId: string; opened: Ticket | undefined },
  ): void {
    const fits =
      found === 'open'
        ? ticketId === requestedTicketId && !opened
        : opened?.id === ticketId &&
          opened.previousTicketId === (found === 'closed' ? requestedTicketId : undefined);
    if (!fits)
      this.#world.report(
        'messages',
        `${messageId} asked for ${requestedTicketId} (${found}) and went to ${ticketId}`,
      );
  }

  /** At the end of a run. */
  finish(): void {
    const threads = Map.groupBy(
      this.#model.threads.filter(({ kind }) => kind === 'client'),
      ({ messageId }) => messageId,
    );
    for (const { messageId, text } of this.#acknowledged.values()) {
      const entries = threads.get(messageId) ?? [];
      if (entries.length !== 1 || entries[0]?.text !== text)
        this.#world.report('messages', `${messageId} stands in ${entries.length} threads`);
    }
    for (const [messageId, entries] of threads)
      if (entries.length !== 1)
        this.#world.report('messages', `${messageId} stands in ${entries.length} threads`);
    for (const item of this.#world.ledger.all('desk')) this.#checkItem(item, threads);
    this.#checkThreads();
  }

  /** Nothing is left in an inbox, each message is in a thread, and what a record says of its ticket is so. */
  #checkItem({ pk, sk, ...item }: Plain, threads: ReadonlyMap<string, readonly ThreadItem[]>): void {
    const say = (text: string) => this.#world.report('messages', `${item.messageId} ${text}`);
    if (sk.startsWith('INBOX#')) say('still has a place');
    if (!pk.startsWith('MESSAGE#')) return;
    const [entry] = threads.get(item.messageId) ?? [];
    if (!entry) say('was accepted and is in no thread');
    else if (item.state === 'processed' && entry.ticketId !== item.ticketId)
      say(`says it is in ${item.ticketId}`);
  }

  /** A thread sorts by time: what a client wrote first must stand first. */
  #checkThreads(): void {
    const seqs = new Map(
      this.#world.ledger
        .all('desk')
        .flatMap((item) => (item.sk === 'MESSAGE' ? [[item.messageId, item.seq]] : [])),
    );
    const own = this.#model.threads.filter(({ kind }) => kind === 'client');
    for (const [ticketId, entries] of Map.groupBy(own, (entry) => entry.ticketId)) {
      const sorted = entries.toSorted((a, b) =>
        `${a.at}#${a.messageId}` < `${b.at}#${b.messageId}` ? -1 : 1,
      );
      const order = sorted.map(({ messageId }) => Number(seqs.get(messageId)));
      if (order.some((seq, index) => seq <= (order[index - 1] ?? 0)))
        this.#world.report('messages', `the thread of ${ticketId} has ${order}`);
    }
  }
}
