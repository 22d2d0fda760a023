// @pure

import type { Instant } from '../../platform/clock.ts';
import type { ReadMark } from '../core/read-mark.ts';
import type { Ticket } from '../model.ts';
import type { Viewer } from './viewer.ts';

interface ReadUpTo {
  readonly you?: Instant;
  readonly client?: Instant;
  readonly holder?: Instant;
}

const named = (name: keyof ReadUpTo, at: Instant | undefined): ReadUpTo => (at ? { [name]: at } : {});

/**
 * How far a viewer, the client and the holder have read a ticket, as far as the viewer may see it: client and holder see each other,
 * managers both. Of the holder counts what they read while it was in their hand, not what they read as a manager.
 */
export const readUpToFor = (
  { ticket, viewer }: { ticket: Pick<Ticket, 'clientId' | 'executorId'>; viewer: Viewer },
  marks: ReadonlyMap<string, ReadMark>,
  viewerId: string,
): ReadUpTo => ({
  ...named('you', marks.get(viewerId)?.upTo),
  ...(viewer !== 'client' && named('client', marks.get(ticket.clientId)?.upTo)),
  ...(viewer !== 'executor' && named('holder', marks.get(ticket.executorId ?? '')?.heldUpTo)),
});
