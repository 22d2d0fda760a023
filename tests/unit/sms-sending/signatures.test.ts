import { createHash } from 'node:crypto';
import { adapterOf } from '../../../lib/sms/providers/adapters.ts';
import type { ProviderContext, RawCallback } from '../../../lib/sms/providers/port.ts';
import {
  callbackHashes,
  isSignedByTwilio,
  smsruHash,
  twilioSignature,
} from '../../../lib/sms/providers/signatures.ts';
import { contextAt } from '../../support/sms-sending/provider-context.ts';

const nowhere = { api: () => 'https://provider.invalid' };

const callback = (url: string, body: string, headers: Record<string, string> = {}): RawCallback => ({
  url,
  contentType: headers['content-type'] ?? 'application/x-www-form-urlencoded',
  body: Buffer.from(body),
  header: (name) => headers[name],
});

const VECTOR = {
  token: '12345',
  url: 'https://mycompany.com/myapp.php?foo=1&bar=2',
  params: new URLSearchParams({
    CallSid: 'CA1234567890ABCDE',
    Caller: '+12349013030',
    Digits: '1234',
    From: '+12349013030',
    To: '+18005551212',
  }),
  signature: '0/KCTR6DLpKmkAf8muzZqo1nDgQ=',
};

describe('R-SMS-03 Twilio signs its requests', () => {
  const { token, url, params, signature } = VECTOR;
  const body = Buffer.from(params.toString());

  it('the published vector comes out', () => {
    expect(twilioSignature(token, url, params)).toBe(signature);
  });

  it.each([
    ['as published', {}, true],
    ['with the port written out', { url: url.replace('.com/', '.com:443/') }, true],
    ['another token', { token: '54321' }, false],
    ['another address', { url: `${url}&baz=3` }, false],
    ['another parameter', { params: new URLSearchParams({ Digits: '1' }) }, false],
    ['no signature', { signature: '' }, false],
  ])('%s', (_, change, holds) => {
    const given = { ...VECTOR, ...change };
    const request = { url: given.url, form: given.params, body };
    expect(isSignedByTwilio(given.token, given.signature, request)).toBe(holds);
  });

  it('a JSON body is signed by its hash in the address', () => {
    const json = Buffer.from('{"MessageSid":"SM1"}');
    const hash = createHash('sha256').update(json).digest('hex');
    const address = `https://mycompany.com/hook?bodySHA256=${hash}`;
    const given = twilioSignature(token, address, new URLSearchParams());
    const request = { url: address, form: undefined, body: json };
    expect(isSignedByTwilio(token, given, request)).toBe(true);
    expect(isSignedByTwilio(token, given, { ...request, body: Buffer.from('{}') })).toBe(false);
    const unsigned = { ...request, url: 'https://mycompany.com/hook' };
    const bare = twilioSignature(token, unsigned.url, new URLSearchParams());
    expect(isSignedByTwilio(token, bare, unsigned)).toBe(false);
  });

  it('several values of one name count once each, in order', () => {
    const twice = new URLSearchParams([
      ['a', '2'],
      ['a', '1'],
      ['a', '2'],
    ]);
    const once = new URLSearchParams([
      ['a', '1'],
      ['a', '2'],
    ]);
    expect(twilioSignature(token, url, twice)).toBe(twilioSignature(token, url, once));
  });

  it('an inbound STOP is read, and refused under a wrong signature', () => {
    const ctx = contextAt(nowhere, 'twilio');
    const form = new URLSearchParams({
      From: '+79161234567',
      To: '+1',
      Body: 'STOP',
      MessageSid: 'SM1',
      OptOutType: 'STOP',
    });
    const given = twilioSignature(ctx.secrets.authToken ?? '', url, form);
    const read = (signature: string) =>
      adapterOf('twilio').readInbound?.(
        ctx,
        callback(url, form.toString(), { 'x-twilio-signature': signature }),
      );
    expect(read(given)).toMatchObject({
      kind: 'inbound',
      from: '+79161234567',
      optOut: 'stop',
      signed: true,
    });
    expect(read('x')).toEqual({ kind: 'bad-signature' });
  });
});

describe('R-SMS-03 sms.ru signs its reports', () => {
  const record = (id: string, code: number) => `sms_status\n${id}\n${code}\n1700000000`;
  const data = Array.from({ length: 11 }, (_, index) => record(`000000-${index}`, 103));
  const ctx = contextAt(nowhere, 'smsru');
  const hash = createHash('sha256')
    .update(`${ctx.secrets.apiId}${data.join('')}`)
    .digest('hex');

  const formOf = (list: readonly string[], number = (index: number) => index): URLSearchParams =>
    new URLSearchParams(list.map((each, index): [string, string] => [`data[${number(index)}]`, each]));

  it('over all records in the order of their numbers, not of their names', () => {
    expect(smsruHash(ctx.secrets.apiId ?? '', data)).toBe(hash);
    const form = formOf(data.toReversed(), (index) => data.length - 1 - index);
    form.set('hash', hash);
    const outcome = adapterOf('smsru').readCallback(ctx, callback('https://us.invalid/', form.toString()));
    expect(outcome).toMatchObject({ kind: 'reports', answer: { status: 200, text: '100' } });
    expect(outcome.kind === 'reports' && outcome.reports.map(({ ref }) => ref)).toEqual(
      data.map((_, index) => `000000-${index}`),
    );
  });

  it.each([
    ['a wrong hash', (form: URLSearchParams) => form.set('hash', hash.replace(/^./, 'z'))],
    ['no hash', (form: URLSearchParams) => form.delete('hash')],
    ['a changed record', (form: URLSearchParams) => form.set('data[0]', record('000000-0', 104))],
    ['one record more', (form: URLSearchParams) => form.append('data[99]', record('x', 103))],
  ])('%s is refused', (_, spoil) => {
    const form = formOf(data);
    form.set('hash', hash);
    spoil(form);
    const outcome = adapterOf('smsru').readCallback(ctx, callback('https://us.invalid/', form.toString()));
    expect(outcome).toEqual({ kind: 'bad-signature' });
  });
});

describe('R-SMS-03 SMSC.ru may sign its reports', () => {
  const fields = { id: '14', phone: '79161234567', status: '1' };
  const formula = '{id}:{phone}:{status}:{secret}';
  const text = '14:79161234567:1:sandbox-callback-secret';

  it.each(['md5', 'sha1'] as const)('with %s, by the formula of the settings', (algorithm) => {
    const ctx: ProviderContext = contextAt(nowhere, 'smsc', {
      options: { callbackHash: { algorithm, formula } },
    });
    const read = (hash: string) =>
      adapterOf('smsc').readCallback(
        ctx,
        callback('https://us.invalid/', new URLSearchParams({ ...fields, [algorithm]: hash }).toString()),
      );
    const hash = createHash(algorithm).update(text).digest('hex');
    expect(read(hash)).toMatchObject({ kind: 'reports', reports: [{ ref: '14', state: 'delivered' }] });
    expect(read(hash.toUpperCase())).toMatchObject({ kind: 'reports' });
    expect(read('')).toEqual({ kind: 'bad-signature' });
    expect(read(hash.replace(/^./, 'z'))).toEqual({ kind: 'bad-signature' });
  });

  it('with crc32 in either spelling (check value of the polynomial: cbf43926)', () => {
    expect(callbackHashes({ algorithm: 'crc32', formula: '123456789' }, {})).toEqual([
      'cbf43926',
      String(0xcbf43926),
    ]);
  });

  it.each([
    ['a form', 'application/x-www-form-urlencoded', 'id=14&phone=79161234567&status=1', ''],
    ['JSON', 'application/json', '{"id":14,"phone":"79161234567","status":1}', ''],
    ['the address', 'text/plain', '', '?id=14&phone=79161234567&status=1'],
  ])('fields are read from %s', (_, type, body, query) => {
    const raw = callback(`https://us.invalid/${query}`, body, { 'content-type': type });
    expect(adapterOf('smsc').readCallback(contextAt(nowhere, 'smsc'), raw)).toMatchObject({
      kind: 'reports',
      reports: [{ ref: '14', state: 'delivered', code: '1' }],
      answer: { status: 200 },
    });
  });

  it('the reason of a failure is given in words', () => {
    const raw = callback('https://us.invalid/', 'id=14&phone=79161234567&status=20&err=219');
    expect(adapterOf('smsc').readCallback(contextAt(nowhere, 'smsc'), raw)).toMatchObject({
      reports: [{ state: 'failed', errorCode: '219', why: 'SIM replaced' }],
    });
  });

  it('without fields there is nothing to read', () => {
    const raw = callback('https://us.invalid/', 'hello');
    expect(adapterOf('smsc').readCallback(contextAt(nowhere, 'smsc'), raw)).toMatchObject({
      kind: 'unreadable',
    });
  });
});
