import * as z from 'zod';
import type { Instant } from '../../platform/clock.ts';
import { idPattern } from '../../platform/ids.ts';

export const inboundIdSchema = z.string().regex(idPattern('inb')).meta({ id: 'InboundSmsId' });

/** What the sender of a text wants (R-SMS-10). `likely-stop`: it may be a wish to be left alone, a person must read it. */
export const wishes = ['stop', 'start', 'likely-stop', 'none'] as const;
export type Wish = (typeof wishes)[number];

/** What a person made of a likely wish. */
export const resolutions = ['stop', 'nothing'] as const;
export type Resolution = (typeof resolutions)[number];

/** A message from a phone, as a provider handed it on. Kept whatever it says. */
export interface InboundSms {
  readonly id: string;
  readonly providerId: string;
  /** The provider's id of it: a repeat is the same message. */
  readonly ref: string;
  /** As the provider writes them: E.164, a short code, a name. Never logged in full. */
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly receivedAt: Instant;
  /** Whose last message through this provider it follows; absent: nobody's. */
  readonly entityId?: string;
  readonly smsId?: string;
  readonly wish: Wish;
  /** Of a likely wish, once a person has read it. */
  readonly resolved?: { readonly as: Resolution; readonly at: Instant; readonly by: string };
  readonly version: number;
}
