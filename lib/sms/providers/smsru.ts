import type { SendOutcome, StatusReport } from '../core/provider-model.ts';
import { callProvider, formOf, jsonObject, withoutAnswer } from './call-provider.ts';
import type { CallbackOutcome, ProviderContext, RawCallback, SmsProvider } from './port.ts';
import { amountOf, reportedAt, textOf } from './provider-values.ts';
import { sameText, smsruHash } from './signatures.ts';
import { SMSRU_ACCEPTED, SMSRU_REFUSALS, SMSRU_STATES, smsruTtl } from './smsru-codes.ts';

/**
 * sms.ru over its HTTP API. Source: svyatov/smsru_ruby, a port of the official PHP library, and the public Rust client; the
 * provider's own pages were not read. It gives the ids, so the status cannot be queried after a lost answer; it has no cancel.
 */

const refusal = (code: string): SendOutcome => {
  const [reason, why] = SMSRU_REFUSALS[code] ?? ['unrecognised', 'an error code not known'];
  return { kind: 'refused', reason, code, why };
};

type Fields = Record<string, unknown>;

const fieldsAt = (value: unknown, name: string): Fields | undefined => {
  const found = (value as Fields | undefined)?.[name];
  return typeof found === 'object' && found !== null ? (found as Fields) : undefined;
};

/** The one recipient inside the answer: it can be refused while the whole is OK. Keys are phones, in the provider's spelling. */
const recipientOf = (body: Fields | undefined): Fields | undefined => {
  const all = Object.values(fieldsAt(body, 'sms') ?? {});
  return all.length === 1 ? (all[0] as Fields) : undefined;
};

const send: SmsProvider['send'] = async (ctx, request) => {
  const called = await callProvider(ctx, {
    method: 'POST',
    path: '/sms/send',
    form: formOf({
      api_id: ctx.secrets.apiId,
      json: 1,
      to: request.phone.replace(/^\+/, ''),
      msg: request.text,
      from: request.sender || undefined,
      ttl: smsruTtl(request.validSec),
    }),
  });
  if (called.kind !== 'answer') return withoutAnswer(called);
  const body = jsonObject(called.text);
  const whole = textOf(body?.status_code);
  if (whole !== undefined && whole !== SMSRU_ACCEPTED) return refusal(whole);
  const recipient = recipientOf(body);
  const code = textOf(recipient?.status_code);
  if (code !== undefined && code !== SMSRU_ACCEPTED) return refusal(code);
  const id = textOf(recipient?.sms_id);
  if (code === undefined || id === undefined) return { kind: 'lost', why: `HTTP ${called.status}` };
  return { kind: 'accepted', refs: [id], cost: amountOf(recipient?.cost) };
};

const queryStatus: SmsProvider['queryStatus'] = async (ctx, queries) => {
  const called = await callProvider(ctx, {
    method: 'POST',
    path: '/sms/status',
    form: formOf({ api_id: ctx.secrets.apiId, json: 1, sms_id: queries.map(({ ref }) => ref).join(',') }),
  });
  if (called.kind !== 'answer') return { kind: 'failed', why: called.why };
  const body = jsonObject(called.text);
  const whole = textOf(body?.status_code);
  if (!body || whole !== SMSRU_ACCEPTED) return { kind: 'failed', why: `error ${whole ?? called.status}` };
  const reports = Object.entries(fieldsAt(body, 'sms') ?? {}).flatMap(([ref, value]): StatusReport[] => {
    const code = textOf((value as Fields | undefined)?.status_code);
    return code === undefined ? [] : [{ ref, state: SMSRU_STATES[code] ?? 'unrecognised', code }];
  });
  return { kind: 'answered', reports };
};

const balance: SmsProvider['balance'] = async (ctx) => {
  const called = await callProvider(ctx, {
    method: 'POST',
    path: '/my/balance',
    form: formOf({ api_id: ctx.secrets.apiId, json: 1 }),
  });
  if (called.kind !== 'answer') return { kind: 'failed', why: called.why };
  const body = jsonObject(called.text);
  const code = textOf(body?.status_code);
  if (code !== undefined && code !== SMSRU_ACCEPTED)
    return { kind: 'refused', code, why: SMSRU_REFUSALS[code]?.[1] ?? 'an error code not known' };
  const amount = amountOf(body?.balance);
  return amount === undefined ? { kind: 'failed', why: 'no balance in it' } : { kind: 'known', amount };
};

const NAME = /^data\[(\d+)\]$/;

/** `data[0]`, `data[1]`, … in the order of their numbers. */
const dataOf = (form: URLSearchParams): string[] =>
  [...form.entries()]
    .flatMap(([name, value]) => {
      const number = NAME.exec(name)?.[1];
      return number === undefined ? [] : [{ number: Number(number), value }];
    })
    .sort((a, b) => a.number - b.number)
    .map(({ value }) => value);

const reportOf = (record: string): StatusReport[] => {
  const [type, ref, code, seconds] = record.split('\n');
  if (type !== 'sms_status' || !ref || !code) return []; // the account may send other things too
  return [
    {
      ref,
      state: SMSRU_STATES[code] ?? 'unrecognised',
      code,
      ...reportedAt(seconds),
    },
  ];
};

const readCallback = (ctx: ProviderContext, raw: RawCallback): CallbackOutcome => {
  const form = new URLSearchParams(Buffer.from(raw.body).toString('utf8'));
  const data = dataOf(form);
  const expected = smsruHash(ctx.secrets.apiId ?? '', data);
  if (!sameText((form.get('hash') ?? '').toLowerCase(), expected)) return { kind: 'bad-signature' };
  // It sends again until it receives exactly this.
  return { kind: 'reports', reports: data.flatMap(reportOf), answer: { status: 200, text: '100' } };
};

export const smsru: SmsProvider = {
  kind: 'smsru',
  defaultBaseUrl: 'https://sms.ru',
  hosts: ['sms.ru'],
  needsAccount: false,
  secretNames: ['apiId'],
  neededSecrets: [['apiId']],
  capabilities: {
    ownId: false,
    cancel: false,
    statusBatchSize: 100,
    statusBatchIntervalSec: 0,
    statusIntervalSec: 15,
  },
  ownIdOf: (attemptId) => attemptId,
  send,
  queryStatus,
  cancel: async () => ({ kind: 'refused', code: 'not-supported', why: 'sms.ru cannot cancel' }),
  balance,
  readCallback,
};
