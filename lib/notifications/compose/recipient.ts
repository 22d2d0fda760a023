// @pure

import type { TemplateEntry } from '../catalogue.ts';
import type { Channel, Contact, Recipient } from '../model.ts';

export interface Reach {
  readonly channel: Channel | 'auto';
  readonly recipient: Recipient;
  /** The copy of the user; undefined when there is none, or when no user in particular is meant. */
  readonly contact: Contact | undefined;
  readonly entry: Pick<TemplateEntry, 'channels' | 'essential'>;
  /** Says whether e-mails to this address have been stopped. */
  readonly stopped: boolean;
}

export type Route =
  | { readonly kind: 'email'; readonly email: string }
  | { readonly kind: 'sms'; readonly phone: string }
  | { readonly kind: 'none'; readonly reason: NoWay };

export type NoWay =
  | 'unknown-person'
  | 'locked'
  | 'no-address'
  | 'address-stopped'
  | 'no-phone'
  | 'channel-not-offered';

/** The address an e-mail would go to: the one that was named, else the one the user has confirmed. */
export const addressOf = ({ recipient, contact }: Pick<Reach, 'recipient' | 'contact'>): string | undefined =>
  recipient.email ?? (contact?.emailConfirmed ? contact.email : undefined);

const byEmail = (reach: Reach): Route => {
  const email = addressOf(reach);
  if (email === undefined) return { kind: 'none', reason: 'no-address' };
  return reach.stopped ? { kind: 'none', reason: 'address-stopped' } : { kind: 'email', email };
};

const bySms = ({ recipient, contact }: Reach): Route => {
  const phone = recipient.phone ?? contact?.phone;
  return phone === undefined ? { kind: 'none', reason: 'no-phone' } : { kind: 'sms', phone };
};

/**
 * How a notification reaches its user (R-NOT-02): an e-mail to a confirmed address, else an SMS if the template is
 * essential and goes as one. A locked user is sent nothing.
 */
export const routeOf = (reach: Reach): Route => {
  const { channel, entry, contact } = reach;
  if (contact?.locked) return { kind: 'none', reason: 'locked' };
  if (channel !== 'auto') {
    if (!entry.channels.includes(channel)) return { kind: 'none', reason: 'channel-not-offered' };
    return channel === 'email' ? byEmail(reach) : bySms(reach);
  }
  const email = byEmail(reach);
  if (email.kind === 'email' || !entry.essential || !entry.channels.includes('sms')) return email;
  return bySms(reach);
};
