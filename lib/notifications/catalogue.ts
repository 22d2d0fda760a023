import * as z from 'zod';
import type { Channel, Locale, TemplateContent, TemplateName } from './model.ts';
import { accountChanged } from './templates/account-changed.ts';
import { actedAlone } from './templates/acted-alone.ts';
import { approvalWaits } from './templates/approval-waits.ts';
import { emailConfirmation } from './templates/email-confirmation.ts';
import { replyWaiting } from './templates/reply-waiting.ts';
import { staffWelcome } from './templates/staff-welcome.ts';
import { ticketsOverdue } from './templates/tickets-overdue.ts';

const HOUR_SEC = 3600;
const DAY_SEC = 24 * HOUR_SEC;

export const PRODUCT = 'Rotadesk';

/** What every template may name besides its own data: `name` and `link` only where there are such. */
export const commonVariables = ['product', 'name', 'link'] as const;

export interface TemplateEntry {
  /** Who gets it and when: the words of the page. */
  readonly audience: string;
  readonly when: string;
  readonly channels: readonly Channel[];
  /** Goes as SMS to a user without a confirmed address. */
  readonly essential: boolean;
  /** Nothing is sent later than this after it was requested. */
  readonly validSec: number;
  /** What the asking module hands over. Other fields are dropped; nothing here may be a secret. */
  readonly data: z.ZodObject;
  /** Path below the product's public address; `{token}` is put in at hand-off. */
  readonly link?: `/${string}`;
  readonly shipped: Readonly<Record<Locale, TemplateContent>>;
  /** For previews, and to try an edited template version on. */
  readonly sample: Readonly<Record<string, unknown>>;
}

const name = z.string().max(200).optional();

/** R-NOT-02, as far as the modules exist: docs/notifications.md is this table in words, held to it by a test. */
export const catalogue: Readonly<Record<TemplateName, TemplateEntry>> = {
  'email-confirmation': {
    audience: 'anyone signed in',
    when: 'they set or changed their e-mail address, or requested the e-mail again',
    channels: ['email'],
    essential: false,
    validSec: DAY_SEC,
    data: z.object({ name }),
    link: '/v1/email-confirmations/{token}',
    shipped: emailConfirmation,
    sample: { name: 'Anna Orlova' },
  },
  'staff-welcome': {
    audience: 'staff',
    when: 'an admin made their account',
    channels: ['email', 'sms'],
    essential: true,
    validSec: 7 * DAY_SEC,
    data: z.object({ name }),
    shipped: staffWelcome,
    sample: { name: 'Boris Petrov' },
  },
  'account-changed': {
    audience: 'admin',
    when: 'an account of staff was made or given other roles, or an account was locked or unlocked',
    channels: ['email', 'sms'],
    essential: true,
    validSec: DAY_SEC,
    data: z.object({ name, action: z.string(), accountId: z.string(), byId: z.string() }),
    shipped: accountChanged,
    sample: { name: 'Ada Admin', action: 'user.roles-changed', accountId: 'usr_1', byId: 'usr_2' },
  },
  'approval-waits': {
    audience: 'admin',
    when: 'another admin proposed what two of them do',
    channels: ['email', 'sms'],
    essential: true,
    validSec: DAY_SEC,
    data: z.object({
      name,
      kind: z.string(),
      subject: z.string(),
      byId: z.string(),
      proposalId: z.string(),
      expiresAt: z.string(),
    }),
    shipped: approvalWaits,
    sample: {
      name: 'Ada Admin',
      kind: 'user.roles-changed',
      subject: 'user/usr_1',
      byId: 'usr_2',
      proposalId: 'prp_1',
      expiresAt: '2026-12-08T10:00:00.000Z',
    },
  },
  'acted-alone': {
    audience: 'manager',
    when: 'the only admin did alone what two admins do',
    channels: ['email', 'sms'],
    essential: true,
    validSec: DAY_SEC,
    data: z.object({ name, kind: z.string(), subject: z.string(), byId: z.string() }),
    shipped: actedAlone,
    sample: {
      name: 'Vera Manager',
      kind: 'sms-provider.edited',
      subject: 'sms-provider/prv_1',
      byId: 'usr_2',
    },
  },
  'reply-waiting': {
    audience: 'client',
    when: 'an executor answered and the client has not written for 5 minutes',
    channels: ['email', 'sms'],
    essential: true,
    validSec: DAY_SEC,
    data: z.object({ name, count: z.int().min(1) }),
    shipped: replyWaiting,
    sample: { name: 'Anna Orlova', count: 2 },
  },
  'tickets-overdue': {
    audience: 'manager',
    when: 'tickets of a desk waited longer than allowed; those of one minute are one e-mail',
    channels: ['email'],
    essential: false,
    validSec: 4 * HOUR_SEC,
    data: z.object({ name, deskId: z.string(), count: z.int().min(1), tickets: z.array(z.string()).max(20) }),
    shipped: ticketsOverdue,
    sample: { name: 'Vera Manager', deskId: 'main', count: 3, tickets: ['tkt_1', 'tkt_2', 'tkt_3'] },
  },
};
