import * as z from 'zod';
import { currency } from '../../platform/money.ts';
import { lazily } from '../../platform/storage/stored-schema.ts';
import {
  attemptStates,
  encodings,
  entityIdSchema,
  ruleNames,
  type Sms,
  smsCategories,
  smsIdSchema,
  smsStates,
  verdicts,
  zoneOrigins,
} from '../model.ts';

export const moneyView = lazily(() => z.object({ amountMinor: z.int(), currency }).meta({ id: 'Money' }));

export const traceView = lazily(() =>
  z
    .object({
      rule: z.enum(ruleNames),
      verdict: z.enum(verdicts),
      preset: z.string().optional(),
      value: z.union([z.string(), z.number()]).optional(),
      limit: z.union([z.string(), z.number()]).optional(),
      nextAllowedAt: z.iso.datetime().optional(),
      lawRef: z.string().optional(),
      zoneFrom: z.enum(zoneOrigins).optional().meta({
        description:
          'Whose zone the hours were evaluated by; `country`: every clock of the number’s country.',
      }),
      note: z.string().optional(),
    })
    .meta({ id: 'RuleTrace', description: 'Result of each rule, in the order of evaluation.' }),
);

const attemptView = lazily(() =>
  z
    .object({
      attemptId: z.string(),
      providerId: z.string(),
      state: z.enum(attemptStates),
      startedAt: z.iso.datetime(),
      endedAt: z.iso.datetime().optional(),
      providerIds: z.array(z.string()),
      code: z.string().optional(),
      why: z.string().optional(),
      unrecognised: z.string().optional(),
    })
    .meta({ id: 'SmsAttempt' }),
);

/** Length, encoding and price of what is sent. */
const size = {
  encoding: z.enum(encodings),
  parts: z.int().min(1),
  price: moneyView().optional(),
};

export const acceptedView = lazily(() =>
  z
    .object({
      smsId: smsIdSchema,
      state: z.enum(['queued', 'deferred', 'denied']),
      nextAllowedAt: z.iso.datetime().optional(),
      trace: z.array(traceView()),
      ...size,
    })
    .meta({ id: 'SmsAcceptance' }),
);
export type AcceptedView = z.infer<ReturnType<typeof acceptedView>>;

export const checkView = lazily(() =>
  z
    .object({
      verdict: z.enum(['allow', 'defer', 'deny']),
      reason: z.enum(ruleNames).optional(),
      nextAllowedAt: z.iso.datetime().optional(),
      trace: z.array(traceView()),
      ...size,
    })
    .meta({ id: 'SmsCheck' }),
);
export type CheckView = z.infer<ReturnType<typeof checkView>>;

export const smsView = lazily(() =>
  z
    .object({
      smsId: smsIdSchema,
      entityId: entityIdSchema,
      category: z.enum(smsCategories),
      phone: z.string(),
      text: z.string(),
      state: z.enum(smsStates),
      reason: z.string().optional(),
      createdAt: z.iso.datetime(),
      stateAt: z.iso.datetime(),
      validUntil: z.iso.datetime(),
      nextAllowedAt: z.iso.datetime().optional(),
      plannedOn: z.iso.date().optional(),
      zone: z.string().optional(),
      providerId: z.string().optional(),
      requestedBy: z.string(),
      trace: z.array(traceView()),
      evaluatedAt: z.iso.datetime(),
      attempts: z.array(attemptView()),
      version: z.int(),
      ...size,
    })
    .meta({ id: 'Sms' }),
);
export type SmsView = z.infer<ReturnType<typeof smsView>>;

export const statusView = lazily(() =>
  z
    .object({
      smsId: smsIdSchema,
      state: z.enum(smsStates),
      reason: z.string().optional(),
      stateAt: z.iso.datetime(),
      version: z.int(),
    })
    .meta({ id: 'SmsStatus' }),
);
export type StatusView = z.infer<ReturnType<typeof statusView>>;

const sizeOf = ({ encoding, parts, price }: Sms) => ({
  encoding,
  parts,
  ...(price && { price: { ...price } }),
});

/** The answer to the first request and to every repeat of it, whatever has become of the message since. */
export const toAcceptedView = (sms: Sms): AcceptedView => ({
  smsId: sms.id,
  ...sms.accepted,
  trace: [...(sms.accepted.trace ?? sms.trace)],
  ...sizeOf(sms),
});

export const toSmsView = (sms: Sms): SmsView => ({
  smsId: sms.id,
  entityId: sms.entityId,
  category: sms.category,
  phone: sms.phone,
  text: sms.text,
  state: sms.state,
  reason: sms.reason,
  createdAt: sms.createdAt,
  stateAt: sms.stateAt,
  validUntil: sms.validUntil,
  nextAllowedAt: sms.nextAllowedAt,
  plannedOn: sms.plannedOn,
  zone: sms.zone,
  providerId: sms.providerId,
  requestedBy: sms.requestedBy,
  trace: [...sms.trace],
  evaluatedAt: sms.judgedAt,
  attempts: sms.attempts.map(({ id, providerIds, ...attempt }) => ({
    attemptId: id,
    providerIds: [...providerIds],
    ...attempt,
  })),
  version: sms.version,
  ...sizeOf(sms),
});

export const toStatusView = ({ id, state, reason, stateAt, version }: Sms): StatusView => ({
  smsId: id,
  state,
  reason,
  stateAt,
  version,
});
