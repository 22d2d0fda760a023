import * as z from 'zod';

/** `desk.ticket.assigned`: module, thing, past tense. */
export type EventName = `${string}.${string}`;

/** What a draft may carry besides its data. */
export interface EventExtra {
  /** Consumers ignore what is older than what they know of the aggregate. */
  readonly aggregate?: { readonly id: string; readonly version: number };
  /** Order within a FIFO queue. */
  readonly group?: string;
  /** Not before this instant (UTC, ISO). Nearer than 900 s it becomes a delayed message, farther it is not sent. */
  readonly deliverAt?: string | undefined;
  /**
   * Its fact is stored in the same commit, and the sweep that finds it there sends it again: a deadline in its
   * index, a line in which a ticket waits. Alone it needs no row of the outbox.
   */
  readonly reminder?: true;
}

declare const drafted: unique symbol;

/** An event as a use case states it, before it has an id. Only `draft` of its definition makes one (define-event.ts). */
export interface EventDraft extends EventExtra {
  readonly [drafted]: true;
  readonly type: EventName;
  readonly data: object;
}

/** An event as it travels: the body of an SQS message. */
export const domainEvent = z.object({
  id: z.string(),
  type: z.string(),
  at: z.string(),
  aggregate: z.object({ id: z.string(), version: z.number() }).optional(),
  group: z.string().optional(),
  deliverAt: z.string().optional(),
  correlationId: z.string().optional(),
  data: z.record(z.string(), z.unknown()),
});

export type DomainEvent = z.infer<typeof domainEvent>;
