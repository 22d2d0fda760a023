import { createHash } from 'node:crypto';
import type { SendOutcome, StatusOutcome, StatusQuery, StatusReport } from '../core/provider-model.ts';
import { callProvider, formOf, jsonObject, withoutAnswer } from './call-provider.ts';
import type { CallbackOutcome, ProviderContext, RawCallback, SmsProvider } from './port.ts';
import { amountOf, partsOf, reportedAt, textOf } from './provider-values.ts';
import { callbackHashes, sameText } from './signatures.ts';
import {
  SMSC_ERRORS,
  SMSC_MAX_CHARS,
  SMSC_REFUSALS,
  SMSC_STATES,
  smscIdOf,
  smscValid,
} from './smsc-codes.ts';

/**
 * SMSC.ru over its HTTP API. Source: smsc.ru/api/http and smscentre.com/api/http.
 * POST only: a GET would put the password into addresses. It takes an id of ours and finds the message by id and phone.
 *
 * Not confirmed by its documents, so to be checked against an account before it is relied on:
 * - how the hash of a callback is made: the formula is a setting (`callbackHash`), and the address holds a secret besides;
 * - whether an answer about many messages names each id: if not, the order of the query is taken.
 */

const credentials = ({ account, secrets }: ProviderContext) =>
  secrets.apiKey ? { apikey: secrets.apiKey } : { login: account, psw: secrets.password };

const COMMON = { fmt: 3, charset: 'utf-8' };

const TOO_OFTEN = '9';

const refusal = (code: string): SendOutcome => {
  const [reason, why] = SMSC_REFUSALS[code] ?? ['unrecognised', 'an error code not known'];
  return { kind: 'refused', reason, code, why };
};

const send: SmsProvider['send'] = async (ctx, request) => {
  if (request.text.length > SMSC_MAX_CHARS)
    return { kind: 'refused', reason: 'content', code: 'too-long', why: 'longer than 1000 characters' };
  const called = await callProvider(ctx, {
    method: 'POST',
    path: '/sys/send.php',
    form: formOf({
      ...credentials(ctx),
      phones: request.phone, // its leading + turns automatic correction off
      mes: request.text,
      id: request.ownId,
      sender: request.sender || undefined,
      valid: smscValid(request.validSec),
      cost: 3,
      ...COMMON,
    }),
  });
  if (called.kind !== 'answer') return withoutAnswer(called);
  const body = jsonObject(called.text);
  const code = textOf(body?.error_code);
  if (code !== undefined) return refusal(code);
  const id = textOf(body?.id);
  if (called.status !== 200 || id === undefined) return { kind: 'lost', why: `HTTP ${called.status}` };
  return { kind: 'accepted', refs: [id], ...partsOf(body?.cnt), cost: amountOf(body?.cost) };
};

const reportOf = (fields: Record<string, unknown>, ref: string): StatusReport | undefined => {
  const code = textOf(fields.status);
  if (code === undefined) return undefined;
  const errorCode = textOf(fields.err);
  return {
    ref,
    state: SMSC_STATES[code] ?? 'unrecognised',
    code,
    ...(errorCode !== undefined && errorCode !== '0' && { errorCode, why: SMSC_ERRORS[errorCode] }),
    ...reportedAt(fields.last_timestamp ?? fields.ts),
  };
};

const readStatuses = (text: string, queries: readonly StatusQuery[]): StatusOutcome => {
  const body = jsonObject(text);
  if (!body) return { kind: 'failed', why: 'not JSON' };
  const code = textOf(body.error_code);
  if (code === TOO_OFTEN) return { kind: 'limited', why: SMSC_REFUSALS[TOO_OFTEN]?.[1] ?? '' };
  if (code !== undefined) return { kind: 'failed', why: `error ${code}` };
  const list = (Array.isArray(body) ? body : [body]) as Record<string, unknown>[];
  const inOrder = list.length === queries.length;
  const reports = list.flatMap((fields, index) => {
    const ref = textOf(fields?.id) ?? (inOrder ? queries[index]?.ref : undefined);
    return ref === undefined ? [] : (reportOf(fields, ref) ?? []);
  });
  return { kind: 'answered', reports };
};

const statusCall = (ctx: ProviderContext, queries: readonly StatusQuery[], extra: object = {}) =>
  callProvider(ctx, {
    method: 'POST',
    path: '/sys/status.php',
    form: formOf({
      ...credentials(ctx),
      phone: queries.map(({ phone }) => phone).join(','),
      id: queries.map(({ ref }) => ref).join(','),
      ...extra,
      ...COMMON,
    }),
  });

const queryStatus: SmsProvider['queryStatus'] = async (ctx, queries) => {
  const called = await statusCall(ctx, queries, { all: 0 });
  return called.kind === 'answer' ? readStatuses(called.text, queries) : { kind: 'failed', why: called.why };
};

const cancel: SmsProvider['cancel'] = async (ctx, query) => {
  const called = await statusCall(ctx, [query], { del: 1 });
  if (called.kind === 'unsent') return { kind: 'refused', code: 'unreachable', why: called.why };
  if (called.kind === 'lost') return { kind: 'lost', why: called.why };
  const body = jsonObject(called.text);
  const code = textOf(body?.error_code);
  if (code !== undefined) return { kind: 'refused', code, why: 'not deleted' };
  return body && called.status === 200
    ? { kind: 'cancelled' }
    : { kind: 'lost', why: `HTTP ${called.status}` };
};

const balance: SmsProvider['balance'] = async (ctx) => {
  const called = await callProvider(ctx, {
    method: 'POST',
    path: '/sys/balance.php',
    form: formOf({ ...credentials(ctx), ...COMMON }),
  });
  if (called.kind !== 'answer') return { kind: 'failed', why: called.why };
  const body = jsonObject(called.text);
  const code = textOf(body?.error_code);
  if (code !== undefined)
    return { kind: 'refused', code, why: SMSC_REFUSALS[code]?.[1] ?? 'an error code not known' };
  const amount = amountOf(body?.balance);
  return amount === undefined ? { kind: 'failed', why: 'no balance in it' } : { kind: 'known', amount };
};

/** Fields come as a form, as JSON (`fmt=3`) or in the address: whichever the account is set to. */
const fieldsOf = (raw: RawCallback): Record<string, string> => {
  const text = Buffer.from(raw.body).toString('utf8');
  const inQuery = Object.fromEntries(new URL(raw.url).searchParams);
  if (!/json/i.test(raw.contentType)) return { ...inQuery, ...Object.fromEntries(new URLSearchParams(text)) };
  const json = Object.entries(jsonObject(text) ?? {}).map(([name, value]) => [name, textOf(value) ?? '']);
  return { ...inQuery, ...Object.fromEntries(json) };
};

const readCallback = (ctx: ProviderContext, raw: RawCallback): CallbackOutcome => {
  const fields = fieldsOf(raw);
  const { callbackHash } = ctx.options;
  if (callbackHash) {
    const given = (fields[callbackHash.algorithm] ?? '').toLowerCase();
    const known = callbackHashes(callbackHash, { ...fields, secret: ctx.secrets.callbackSecret ?? '' });
    if (!known.map((each) => sameText(given, each)).includes(true)) return { kind: 'bad-signature' };
  }
  const report = fields.id ? reportOf(fields, fields.id) : undefined;
  return report
    ? { kind: 'reports', reports: [report], answer: { status: 200, text: 'OK' } }
    : { kind: 'unreadable', why: 'id and status are missing' };
};

export const smsc: SmsProvider = {
  kind: 'smsc',
  defaultBaseUrl: 'https://smsc.ru',
  hosts: ['smsc.ru', 'www2.smsc.ru'],
  needsAccount: false, // an apiKey replaces login and password
  secretNames: ['password', 'apiKey', 'callbackSecret'],
  neededSecrets: [['apiKey', 'password']],
  // More than 5 queries a minute about one message, more than one a minute about many, or 5 connections: error 9.
  capabilities: {
    ownId: true,
    cancel: true,
    statusBatchSize: 100,
    statusBatchIntervalSec: 61,
    statusIntervalSec: 15,
    maxConnections: 4,
  },
  ownIdOf: (attemptId, salt) => smscIdOf(createHash('sha256').update(`${attemptId}#${salt}`).digest('hex')),
  send,
  queryStatus,
  cancel,
  balance,
  readCallback,
};
