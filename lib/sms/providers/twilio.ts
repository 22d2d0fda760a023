import { instant } from '../../platform/clock.ts';
import type { StatusReport } from '../core/provider-model.ts';
import { callProvider, formOf, jsonObject, withoutAnswer } from './call-provider.ts';
import type { ProviderContext, RawCallback, SmsProvider } from './port.ts';
import { amountOf, isRef, partsOf, textOf } from './provider-values.ts';
import { isSignedByTwilio } from './signatures.ts';
import {
  TWILIO_MAX_CHARS,
  TWILIO_STATES,
  TWILIO_STOPPED,
  twilioRefusal,
  twilioValidity,
} from './twilio-codes.ts';

/**
 * Twilio's Programmable Messaging. Source: types and source of the twilio npm package 6.2.0 (which itself is 21 MB, so this is
 * fetch and node:crypto). It gives the ids; the report address names our message, so a report finds it even
 * when the answer was lost. Asking one by one: there is no query about many by id.
 */

const basic = ({ account, secrets }: ProviderContext) => ({
  authorization: `Basic ${Buffer.from(`${account}:${secrets.authToken}`).toString('base64')}`,
});

const root = ({ account }: ProviderContext) => `/2010-04-01/Accounts/${encodeURIComponent(account ?? '')}`;

const messagePath = (ctx: ProviderContext, ref: string) =>
  `${root(ctx)}/Messages/${encodeURIComponent(ref)}.json`;

const send: SmsProvider['send'] = async (ctx, request) => {
  if (request.text.length > TWILIO_MAX_CHARS)
    return { kind: 'refused', reason: 'content', code: 'too-long', why: 'longer than 1600 characters' };
  const { messagingServiceSid } = ctx.options;
  const called = await callProvider(ctx, {
    method: 'POST',
    path: `${root(ctx)}/Messages.json`,
    headers: basic(ctx),
    form: formOf({
      To: request.phone,
      ...(messagingServiceSid ? { MessagingServiceSid: messagingServiceSid } : { From: request.sender }),
      Body: request.text,
      StatusCallback: request.callbackUrl,
      ValidityPeriod: twilioValidity(request.validSec),
    }),
  });
  if (called.kind !== 'answer') return withoutAnswer(called);
  const body = jsonObject(called.text);
  // A failure on their side says nothing about the message.
  if (called.status >= 500) return { kind: 'lost', why: `HTTP ${called.status}` };
  if (called.status >= 400) {
    const code = textOf(body?.code) ?? String(called.status);
    const [reason, why] = twilioRefusal(called.status, code);
    return { kind: 'refused', reason, code, why };
  }
  const sid = textOf(body?.sid);
  if (sid === undefined) return { kind: 'lost', why: `HTTP ${called.status}` };
  return {
    kind: 'accepted',
    refs: [sid],
    ...partsOf(body?.num_segments),
    cost: amountOf(body?.price)?.replace(/^-/, ''),
  };
};

const reportOf = (ref: string, status: string, errorCode: string | undefined): StatusReport => ({
  ref,
  state: TWILIO_STATES[status] ?? 'unrecognised',
  code: status,
  ...(errorCode && { errorCode }),
  ...(errorCode && TWILIO_STOPPED.has(errorCode) && { suppressed: true }),
});

const queryStatus: SmsProvider['queryStatus'] = async (ctx, queries) => {
  const reports: StatusReport[] = [];
  for (const { ref } of queries) {
    const called = await callProvider(ctx, {
      method: 'GET',
      path: messagePath(ctx, ref),
      headers: basic(ctx),
    });
    if (called.kind !== 'answer') return { kind: 'failed', why: called.why };
    if (called.status === 429) return { kind: 'limited', why: 'HTTP 429' };
    const body = jsonObject(called.text);
    const status = textOf(body?.status);
    if (called.status === 404) reports.push({ ref, state: 'missing', code: '404' });
    else if (called.status !== 200 || status === undefined)
      return { kind: 'failed', why: `HTTP ${called.status}` };
    else {
      const updated = Date.parse(textOf(body?.date_updated) ?? '');
      const at = Number.isNaN(updated) ? {} : { at: instant(updated) };
      reports.push({ ...reportOf(ref, status, textOf(body?.error_code)), ...at });
    }
  }
  return { kind: 'answered', reports };
};

/** Works for messages that Twilio keeps for later; of others it says that they cannot be changed. */
const cancel: SmsProvider['cancel'] = async (ctx, { ref }) => {
  const form = formOf({ Status: 'canceled' });
  const called = await callProvider(ctx, {
    method: 'POST',
    path: messagePath(ctx, ref),
    headers: basic(ctx),
    form,
  });
  if (called.kind === 'unsent') return { kind: 'refused', code: 'unreachable', why: called.why };
  if (called.kind === 'lost') return { kind: 'lost', why: called.why };
  const body = jsonObject(called.text);
  if (textOf(body?.status) === 'canceled') return { kind: 'cancelled' };
  if (called.status >= 500) return { kind: 'lost', why: `HTTP ${called.status}` };
  return {
    kind: 'refused',
    code: textOf(body?.code) ?? String(called.status),
    why: 'it cannot be cancelled any more',
  };
};

const balance: SmsProvider['balance'] = async (ctx) => {
  const called = await callProvider(ctx, {
    method: 'GET',
    path: `${root(ctx)}/Balance.json`,
    headers: basic(ctx),
  });
  if (called.kind !== 'answer') return { kind: 'failed', why: called.why };
  const body = jsonObject(called.text);
  const amount = amountOf(body?.balance);
  if (called.status === 200 && amount !== undefined)
    return { kind: 'known', amount, currency: textOf(body?.currency) };
  if (called.status >= 500) return { kind: 'failed', why: `HTTP ${called.status}` };
  const code = textOf(body?.code) ?? String(called.status);
  return { kind: 'refused', code, why: twilioRefusal(called.status, code)[1] };
};

interface Signed {
  readonly form: URLSearchParams;
}

const signed = (ctx: ProviderContext, raw: RawCallback): Signed | undefined => {
  const json = /json/i.test(raw.contentType);
  const text = Buffer.from(raw.body).toString('utf8');
  const form = json ? undefined : new URLSearchParams(text);
  const given = raw.header('x-twilio-signature') ?? '';
  if (!isSignedByTwilio(ctx.secrets.authToken ?? '', given, { url: raw.url, form, body: raw.body }))
    return undefined;
  if (form) return { form };
  const fields = Object.entries(jsonObject(text) ?? {}).map(([name, value]): [string, string] => [
    name,
    textOf(value) ?? '',
  ]);
  return { form: new URLSearchParams(fields) };
};

/** An empty answer: text in it would go back to the phone as a message. */
const answer = { status: 204 } as const;

const readCallback: SmsProvider['readCallback'] = (ctx, raw) => {
  const request = signed(ctx, raw);
  if (!request) return { kind: 'bad-signature' };
  const ref = request.form.get('MessageSid');
  const status = request.form.get('MessageStatus');
  if (!ref || !status) return { kind: 'unreadable', why: 'MessageSid and MessageStatus are missing' };
  return {
    kind: 'reports',
    reports: [reportOf(ref, status, request.form.get('ErrorCode') ?? undefined)],
    answer,
  };
};

const OPT_OUT_TYPES: Readonly<Record<string, 'stop' | 'start'>> = { STOP: 'stop', START: 'start' };

const readInbound: NonNullable<SmsProvider['readInbound']> = (ctx, raw) => {
  const request = signed(ctx, raw);
  if (!request) return { kind: 'bad-signature' };
  const {
    From: from,
    To: to = '',
    Body: text = '',
    MessageSid: ref,
    OptOutType: optOutType,
  } = Object.fromEntries(request.form);
  if (!from || !ref || !isRef(ref)) return { kind: 'unreadable', why: 'From and MessageSid are missing' };
  // Only Advanced Opt-Out says so; it has another value for HELP.
  const optOut = OPT_OUT_TYPES[optOutType ?? ''];
  return { kind: 'inbound', from, to, text, ref, signed: true, ...(optOut && { optOut }), answer };
};

export const twilio: SmsProvider = {
  kind: 'twilio',
  defaultBaseUrl: 'https://api.twilio.com',
  hosts: [
    'api.twilio.com',
    'api.ashburn.us1.twilio.com',
    'api.dublin.ie1.twilio.com',
    'api.sydney.au1.twilio.com',
  ],
  needsAccount: true,
  secretNames: ['authToken'],
  neededSecrets: [['authToken']],
  capabilities: {
    ownId: false,
    cancel: true,
    statusBatchSize: 1,
    statusBatchIntervalSec: 0,
    statusIntervalSec: 15,
  },
  ownIdOf: (attemptId) => attemptId,
  send,
  queryStatus,
  cancel,
  balance,
  readCallback,
  readInbound,
};
