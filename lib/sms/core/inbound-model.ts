// @pure

import * as z from 'zod';
import { idPattern } from '../../platform/ids.ts';
import { lazily, type ReadBy, storedInstant } from '../../platform/storage/stored-schema.ts';

export const inboundIdSchema = z.string().regex(idPattern('inb')).meta({ id: 'InboundSmsId' });

/** What the sender of a text wants (R-SMS-10). `likely-stop`: it may be a wish to be left alone, a manager must read it. */
export const wishes = ['stop', 'start', 'likely-stop', 'none'] as const;
export type Wish = (typeof wishes)[number];

/** What a manager decided about a likely wish. */
export const resolutions = ['stop', 'nothing'] as const;
export type Resolution = (typeof resolutions)[number];

/** A message from a phone, as a provider handed it on. Kept whatever it says. */
export const inboundSchema = lazily(() =>
  z.object({
    id: z.string(),
    providerId: z.string(),
    /** The provider's id of it: a repeat is the same message. */
    ref: z.string(),
    /** As the provider writes them: E.164, a short code, a name. Never logged in full. */
    from: z.string(),
    to: z.string(),
    text: z.string(),
    receivedAt: storedInstant(),
    /** Whose last message through this provider it follows; absent: nobody's. */
    entityId: z.string().optional(),
    smsId: z.string().optional(),
    wish: z.enum(wishes),
    /** Of a likely wish, once a manager has read it. */
    resolved: z.object({ as: z.enum(resolutions), at: storedInstant(), by: z.string() }).optional(),
    version: z.int(),
  }),
);
export type InboundSms = ReadBy<typeof inboundSchema>;
