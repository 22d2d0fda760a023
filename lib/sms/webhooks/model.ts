import type { Instant } from '../../platform/clock.ts';
import type { SmsState } from '../model.ts';

/** Somebody's address that wants to hear what becomes of messages. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  /** Only messages of this entity. */
  readonly entityId?: string;
  /** Only these states; none: all that are told. */
  readonly states?: readonly SmsState[];
  readonly createdAt: Instant;
  readonly createdBy: string;
  /** Deliveries given up so far; where to see that an address is dead. */
  readonly givenUp: number;
  readonly lastGivenUpAt?: Instant;
}

export const deliveryStates = ['waiting', 'delivered', 'given-up'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** One fact on its way to one address. */
export interface Delivery {
  /** `<instant of the fact>#<event id>`: sorts by time, and the same fact gives the same id. */
  readonly id: string;
  readonly webhookId: string;
  /** Stable over retries: by it the receiver tells a repeat. */
  readonly eventId: string;
  /** JSON, byte for byte the same in every try. */
  readonly body: string;
  readonly state: DeliveryState;
  readonly tries: number;
  readonly nextAt?: Instant;
  readonly endedAt?: Instant;
  /** What the last try met: a status, or why there was none. */
  readonly lastAnswer?: string;
  readonly version: number;
}
