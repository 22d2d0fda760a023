import { epochSec, type Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { Line, Ticket } from '../model.ts';
import { type Item, type Page, putNew, queryPage } from './table.ts';

/** A ticket waited too long: what managers see on the board. */
export interface Alert {
  readonly kind: 'overdue';
  readonly ticketId: string;
  readonly at: Instant;
  readonly line: Line;
  readonly urgent: boolean;
  readonly waitingSince: Instant;
}

/** The journal keeps the fact as long; an older alert is rubbish. */
const KEEP_SEC = 90 * 24 * 3600;

const partition = (deskId: string): string => `ALERTS#${deskId}`;

export const alertWrite = (rt: Runtime, { ticket, at }: { ticket: Ticket; at: Instant }): Write =>
  putNew(rt, {
    pk: partition(ticket.deskId),
    sk: `${at}#${ticket.id}`,
    kind: 'overdue',
    ticketId: ticket.id,
    at,
    line: ticket.line,
    urgent: ticket.urgent,
    waitingSince: ticket.waitingSince,
    expiresAtSec: epochSec(at) + KEEP_SEC,
  });

const fromItem = ({ pk, sk, expiresAtSec, ...rest }: Item): Alert => rest as unknown as Alert;

/** A desk's alerts, newest first, as they lately were. */
export const listAlerts = async (
  rt: Runtime,
  deskId: string,
  { limit, after }: { limit: number; after?: Record<string, unknown> | undefined },
): Promise<Page<Alert>> => {
  const page = await queryPage(rt, {
    pk: partition(deskId),
    limit,
    descending: true,
    lagging: true,
    ...(after && { after }),
  });
  return { ...page, items: page.items.map(fromItem) };
};
