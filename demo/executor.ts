import type { Person } from '../localstack/people.ts';
import { Api } from './api.ts';
import { between, happens, waitSec } from './chance.ts';
import type { Clients } from './client.ts';
import type { Story } from './story.ts';

interface HeldTicket {
  readonly ticketId: string;
  readonly state: string;
  readonly clientId: string;
  readonly orderedAt: string;
  readonly assignedAt: string;
}

/** How an executor works, in seconds and shares. */
const LOOK_EVERY_SEC = 0.8;
const READING_SEC = [0.8, 4] as const;
const WORKING_SEC = [6, 26] as const;
const DECLINE_SHARE = 0.04;
const PARK_SHARE = 0.1;
/** Once in about so many seconds somebody's connection is lost, for a short or a long while. */
const DROP_OUT_EVERY_SEC = 80;
const GONE_SEC = [8, 30] as const;

/** Someone of the desk: says that they are there, takes what they are given, and sometimes drops out. */
export class Executor {
  readonly name: string;
  readonly #api: Api;
  readonly #story: Story;
  readonly #clients: Clients;
  readonly #atWork = new Set<string>();
  #connected = false;

  constructor(base: string, person: Person, workload: { story: Story; clients: Clients }) {
    this.name = person.name;
    this.#api = new Api(base, person);
    this.#story = workload.story;
    this.#clients = workload.clients;
  }

  async run(beatSec: number, signal: AbortSignal): Promise<void> {
    await this.#presence('online');
    this.#connected = true;
    await Promise.all([this.#beat(beatSec, signal), this.#look(signal), this.#live(signal)]);
  }

  async #presence(presence: string): Promise<boolean> {
    try {
      const { ok } = await this.#api.ask('PUT /v1/executors/me/presence', { body: { presence } });
      return ok;
    } catch {
      return false;
    }
  }

  async #beat(everySec: number, signal: AbortSignal): Promise<void> {
    while (await waitSec(everySec * 0.9, signal)) {
      if (this.#connected) await this.#api.ask('POST /v1/executors/me/heartbeat').catch(() => {});
    }
  }

  async #look(signal: AbortSignal): Promise<void> {
    while (await waitSec(LOOK_EVERY_SEC, signal)) {
      if (!this.#connected) continue;
      for (const ticket of await this.#held()) {
        if (this.#atWork.has(ticket.ticketId) || ticket.state === 'waitingClient') continue;
        this.#atWork.add(ticket.ticketId);
        void this.#work(ticket, signal).finally(() => this.#atWork.delete(ticket.ticketId));
      }
    }
  }

  async #held(): Promise<HeldTicket[]> {
    try {
      const { ok, body } = await this.#api.ask<{ items: HeldTicket[] }>('GET /v1/tickets?held=now&limit=100');
      return ok ? body.items : [];
    } catch {
      return [];
    }
  }

  /** False when the ticket is no longer ours: it moved on while we were away. */
  async #act(ticket: HeldTicket, word: string, body: object = {}): Promise<boolean> {
    if (!this.#connected) return false;
    try {
      const { ok, status } = await this.#api.ask(`POST /v1/tickets/${ticket.ticketId}/${word}`, { body });
      if (status === 409) this.#story.tell('moved away');
      else if (!ok) this.#story.tell('unexpected');
      return ok;
    } catch {
      return false;
    }
  }

  async #work(ticket: HeldTicket, signal: AbortSignal): Promise<void> {
    if (ticket.state === 'assigned' && !(await this.#take(ticket, signal))) return;
    if (!(await waitSec(between(...WORKING_SEC), signal))) return;
    if (!(await this.#act(ticket, 'replies', { text: 'We have found the cause and are on it.' }))) return;
    this.#story.tell('replied');
    if (happens(PARK_SHARE)) {
      if (await this.#act(ticket, 'waiting')) this.#story.tell('parked');
      void this.#clients.comesBack(ticket);
      return;
    }
    void this.#clients.mayAnswer(ticket);
    if (!(await waitSec(between(1, 5), signal))) return;
    if (await this.#act(ticket, 'close')) this.#story.tell('closed');
  }

  async #take(ticket: HeldTicket, signal: AbortSignal): Promise<boolean> {
    this.#story.waited((Date.parse(ticket.assignedAt) - Date.parse(ticket.orderedAt)) / 1000);
    if (!(await waitSec(between(...READING_SEC), signal))) return false;
    if (happens(DECLINE_SHARE)) {
      if (await this.#act(ticket, 'decline', { reason: 'Not my field' }))
        this.#story.tell('declined', `${this.name} declined a ticket: back to its line`);
      return false;
    }
    const taken = await this.#act(ticket, 'accept');
    if (taken) this.#story.tell('accepted');
    return taken;
  }

  /** Connections are lost without a word: heartbeats stop, and later they say that they are back. */
  async #live(signal: AbortSignal): Promise<void> {
    while (await waitSec(between(0.3, 1.7) * DROP_OUT_EVERY_SEC, signal)) {
      this.#connected = false;
      this.#story.tell('dropped out', `${this.name} dropped out`);
      const back = await waitSec(between(...GONE_SEC), signal);
      await this.#presence('online');
      this.#connected = true;
      if (back) this.#story.tell('came back', `${this.name} is back`);
    }
  }

  /** Leaves the workload as it was found: what is in hand is closed, then they go. */
  async leave(): Promise<void> {
    this.#connected = true;
    for (const ticket of await this.#held()) await this.#act(ticket, 'close');
    await this.#presence('offline');
  }
}
