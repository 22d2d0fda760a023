import * as z from 'zod';

/** The three APIs that the centre speaks. */
export const APIS = ['smsc', 'smsru', 'twilio'] as const;
export type Api = (typeof APIS)[number];

const times = z.int().min(1).optional().describe('how often; left out: until changed');

/** What goes wrong at one API, on request. All of it can be sent to `POST /_control`. */
export const faultsSchema = z.strictObject({
  /** Before each answer, ms. */
  latencyMs: z.int().min(0).max(60_000).default(0),
  /** Refuses sends with this code of the API's own. `inside`: within an answer that is OK as a whole (sms.ru). */
  refuse: z.strictObject({ code: z.string(), inside: z.boolean().default(false), times }).optional(),
  /** Breaks the connection in place of an answer to a send: `after` the message was taken, or `before`. */
  lose: z.strictObject({ when: z.enum(['before', 'after']), times }).optional(),
  /** Answers sends with this HTTP status and a page, having taken nothing. */
  http: z.strictObject({ status: z.int().min(400).max(599), times }).optional(),
  /** The last status of a message, in the API's own words; an unknown one is allowed. */
  finalStatus: z.string().optional(),
  /** From acceptance to the last status, ms; null: only when told (`advance`). */
  statusDelayMs: z.int().min(0).nullable().default(400),
  reports: z
    .strictObject({
      /** 2: each report comes twice. 0: none comes. */
      copies: z.int().min(0).max(5).default(1),
      /** All reports of a message together, the last one first. */
      reversed: z.boolean().default(false),
      /** Later than their statuses by so much, ms. */
      lateMs: z.int().min(0).default(0),
      /** Signed with a wrong key. */
      forged: z.boolean().default(false),
    })
    .default({ copies: 1, reversed: false, lateMs: 0, forged: false }),
  /** Refuses sends above so many in any second. */
  ratePerSec: z.number().positive().optional(),
  /** Refuses when so many requests are already open. */
  connections: z.int().min(1).optional(),
  /** SMSC's own limits on questions, always on unless turned off here. */
  askLimits: z.boolean().default(true),
});
export type Faults = z.infer<typeof faultsSchema>;
export type FaultsInput = z.input<typeof faultsSchema>;

/** Accounts the centre knows; a request under others is refused as the API would. */
export const accountsSchema = z.strictObject({
  smsc: z.strictObject({ login: z.string(), password: z.string(), callbackUrl: z.string().optional() }),
  smsru: z.strictObject({ apiId: z.string(), callbackUrl: z.string().optional() }),
  twilio: z.strictObject({ accountSid: z.string(), authToken: z.string() }),
});
export type Accounts = z.infer<typeof accountsSchema>;

/** Secrets of nothing: they open this sandbox alone. */
export const SANDBOX_ACCOUNTS: Accounts = {
  smsc: { login: 'sandbox', password: 'sandbox-smsc-password' },
  smsru: { apiId: 'SANDBOX0-0000-0000-0000-000000000000' },
  twilio: { accountSid: 'AC00000000000000000000000000sandbox', authToken: 'sandbox-twilio-auth-token' },
};
