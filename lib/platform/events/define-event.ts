import type { SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import type { Runtime } from '../runtime.ts';
import type { DomainEvent, EventDraft, EventExtra, EventName } from './event.ts';
import { fitting } from './read-message.ts';

/** An event whose data is what its definition says. */
export type TypedEvent<Data> = Omit<DomainEvent, 'data'> & { readonly data: Data };

/** What came with an event, for the few who need it. */
export interface Delivery {
  readonly record: SQSRecord;
  /** Does the work once for all records of the batch that name the same key, and gives each of them its outcome. */
  readonly once: (key: string, work: () => Promise<void>) => Promise<void>;
  /** Whether other records came with it. */
  readonly amongOthers: boolean;
}

type Handle<Data> = (rt: Runtime, event: TypedEvent<Data>, delivery: Delivery) => Promise<void>;

/** An event and what is done about it, ready for a consumer's `on`. */
export interface Subscription {
  readonly event: EventName;
  readonly handle: (rt: Runtime, event: DomainEvent, delivery: Delivery) => Promise<void>;
}

type DataSchema = z.ZodType<object, object>;

export interface EventDefinition<S extends DataSchema = DataSchema> {
  readonly name: EventName;
  /** Its module writes it to a journal with the commit: it is sent only if somebody consumes it, and nobody needs to. */
  readonly recorded: boolean;
  /** Built on first use: whoever imports one definition of a module does not pay for all of them. */
  readonly schema: S;
  /** The event, for `commit`; the compiler knows its data. */
  draft(data: z.input<S>, extra?: EventExtra): EventDraft;
  /** Whether a draft is of this event. */
  is(draft: EventDraft): draft is EventDraft & { readonly data: z.input<S> };
  /** Subscribes a use case. A message whose data does not fit is rejected before it is called. */
  to(handle: Handle<z.output<S>>): Subscription;
}

/** Data of an event as its consumers get it. */
export type EventData<D extends EventDefinition> = z.output<D['schema']>;
/** An event as its consumers get it. */
export type EventOf<D extends EventDefinition> = TypedEvent<EventData<D>>;

/**
 * Declares an event, once, in its module's `events.ts`, or in `internal-events.ts` when nobody else is meant to consume it.
 * @param name the producer, the thing, what happened to it: `desk.ticket.closed`
 * @param build makes the schema of its data
 */
export const defineEvent = <S extends DataSchema>(
  name: EventName,
  build: () => S,
  { recorded = false }: { readonly recorded?: boolean } = {},
): EventDefinition<S> => {
  let built: S | undefined;
  const definition: EventDefinition<S> = {
    name,
    recorded,
    get schema() {
      built ??= build();
      return built;
    },
    draft: (data, extra = {}) => {
      const event: EventExtra & { type: EventName; data: object } = { type: name, data, ...extra };
      return event as EventDraft;
    },
    is: (draft): draft is EventDraft & { readonly data: z.input<S> } => draft.type === name,
    to: (handle) => ({
      event: name,
      handle: (rt, event, delivery) =>
        handle(rt, { ...event, data: fitting(definition.schema, event.data, 'data') }, delivery),
    }),
  };
  return definition;
};
