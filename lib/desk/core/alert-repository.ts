import * as z from 'zod';
import { epochSec, type Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import { lazily, type ReadBy, storedInstant } from '../../platform/storage/stored-schema.ts';
import type { Write } from '../../platform/storage/write.ts';
import { lines, type Ticket } from '../model.ts';
import type { Page } from './table.ts';

/** A ticket waited too long: what managers see on the board. */
const alertSchema = lazily(() =>
  z.object({
    deskId: z.string(),
    kind: z.literal('overdue'),
    ticketId: z.string(),
    at: storedInstant(),
    line: z.enum(lines),
    urgent: z.boolean(),
    waitingSince: storedInstant(),
  }),
);
export type Alert = ReadBy<typeof alertSchema>;

/** The journal keeps the fact as long; an older alert is rubbish. */
const KEEP_SEC = 90 * 24 * 3600;

const ALERTS = 'ALERTS#';

export const alerts = defineEntity({
  table: 'desk',
  name: 'desk.alert',
  key: ({ deskId, at, ticketId }: Pick<Alert, 'deskId' | 'at' | 'ticketId'>) => ({
    pk: ALERTS + deskId,
    sk: `${at}#${ticketId}`,
  }),
  schema: alertSchema,
  inKey: { attributes: ['deskId'], read: ({ pk }) => ({ deskId: pk.slice(ALERTS.length) }) },
  indexes: { attributes: [], of: ({ at }) => ({ expiresAtSec: epochSec(at) + KEEP_SEC }) },
});

export const alertWrite = (rt: Runtime, { ticket, at }: { ticket: Ticket; at: Instant }): Write => {
  const { id, deskId, line, urgent, waitingSince } = ticket;
  if (!line || !waitingSince) throw new Error('only a waiting ticket waits too long');
  return alerts.putNew(rt, { deskId, kind: 'overdue', ticketId: id, at, line, urgent, waitingSince });
};

/** A desk's alerts, newest first, as they lately were. */
export const listAlerts = (
  rt: Runtime,
  deskId: string,
  { limit, after }: { limit: number; after?: Record<string, unknown> | undefined },
): Promise<Page<Alert>> =>
  alerts.page(rt, {
    pk: ALERTS + deskId,
    limit,
    descending: true,
    lagging: true,
    ...(after && { after }),
  });
