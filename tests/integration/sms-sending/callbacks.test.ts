import fc from 'fast-check';
import { instant } from '../../../lib/platform/clock.ts';
import { findSuppression } from '../../../lib/sms/core/recipient-repository.ts';
import { getProvider } from '../../../lib/sms/providers/provider-repository.ts';
import { handOff } from '../../../lib/sms/sending/hand-off.ts';
import { recordOutcome } from '../../../lib/sms/sending/record-outcome.ts';
import { SANDBOX_ACCOUNTS } from '../../../localstack/sandboxes/sms/faults.ts';
import type { RunningCentre } from '../../../localstack/sandboxes/sms/index.ts';
import { signedByTwilio } from '../../../localstack/sandboxes/sms/reports.ts';
import {
  call,
  drain,
  startAws,
  type TestAws,
  type TestRuntime,
  testRuntime,
} from '../../support/aws/index.ts';
import { beforeNth } from '../../support/meanwhile.ts';
import {
  type AddedProvider,
  addProvider,
  another,
  aPhone,
  queueSms,
  reread,
  sandboxFor,
} from '../../support/sms-sending/world.ts';
import { newUser } from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;
let sandbox: RunningCentre;
let smsc: AddedProvider;
let smsru: AddedProvider;
let twilio: AddedProvider;

beforeAll(async () => {
  aws = await startAws();
  rt = await testRuntime(aws);
  sandbox = await sandboxFor(rt);
  smsc = await addProvider(rt, sandbox, 'smsc');
  smsru = await addProvider(rt, sandbox, 'smsru');
  twilio = await addProvider(rt, sandbox, 'twilio');
});
afterAll(async () => {
  await sandbox?.stop();
  await aws?.stop();
});
afterEach(() => sandbox.centre.reset());

const sentBy = async (provider: AddedProvider) => {
  const sms = await queueSms(rt, { more: { providerId: provider.id } });
  await handOff(rt, sms.id);
  return { sms, ref: sandbox.centre.inbox(sms.phone)[0]?.ref ?? '' };
};

const FORM = 'application/x-www-form-urlencoded';

const post = (url: string, body: URLSearchParams | string, headers: Record<string, string> = {}) => {
  const { pathname, search } = new URL(url);
  return call(rt, `POST ${pathname}${search}`, {
    body: Buffer.from(String(body)), // base64, as the gateway hands forms over
    headers: { 'content-type': FORM, ...headers },
  });
};

describe('R-SMS-03 reports', () => {
  test.each([
    ['smsc', '1'],
    ['smsru', '103'],
    ['twilio', 'delivered'],
  ] as const)('of %s deliver the message; the same again changes nothing', async (kind, code) => {
    const { sms, ref } = await sentBy({ smsc, smsru, twilio }[kind]);
    sandbox.centre.advance(ref, code);
    await sandbox.settled();
    const delivered = await reread(rt, sms);
    expect(delivered.state).toBe('delivered');
    sandbox.centre.control(kind, { reports: { copies: 3 } });
    sandbox.centre.advance(ref, code);
    await sandbox.settled();
    expect(await reread(rt, sms)).toEqual(delivered);
  });

  test.each(['smsru', 'twilio'] as const)(
    'of %s with a wrong signature are refused, and nothing changes',
    async (kind) => {
      const { sms, ref } = await sentBy({ smsru, twilio }[kind]);
      const before = await reread(rt, sms);
      sandbox.centre.control(kind, { reports: { forged: true } });
      sandbox.centre.advance(ref, { smsru: '103', twilio: 'delivered' }[kind]);
      await sandbox.settled();
      expect(await reread(rt, sms)).toEqual(before);
      const answer = await post({ smsru, twilio }[kind].callbackUrl, 'hash=1', { 'x-twilio-signature': 'x' });
      expect(answer).toMatchObject({ status: 403, body: { code: 'callback-refused' } });
    },
  );

  test('at an address with a wrong secret are refused, as at one of no provider', async () => {
    const wrong = smsc.callbackUrl.replace(/[^/]+$/, 'x'.repeat(43));
    const nobody = smsc.callbackUrl.replace(smsc.id, rt.ids.next('prv'));
    const body = 'id=1&phone=79160000000&status=1';
    for (const url of [wrong, nobody]) {
      expect(await post(url, body)).toMatchObject({ status: 403, body: { code: 'callback-refused' } });
    }
    expect(await post(smsc.callbackUrl, 'hello')).toMatchObject({
      status: 400,
      body: { code: 'callback-unreadable' },
    });
  });

  test('with an impossible time deliver the message all the same, at the time they came', async () => {
    const times = ['99999999999999', '-1', 'NaN', '1e400', '4102444800'];
    for (const ts of times) {
      const { sms, ref } = await sentBy(smsc);
      const answer = await post(smsc.callbackUrl, `id=${ref}&status=1&ts=${ts}`);
      expect(answer.status).toBe(200);
      const endedAt = instant(rt.clock.nowMs());
      expect(await reread(rt, sms)).toMatchObject({
        state: 'delivered',
        attempts: [{ state: 'delivered', endedAt }],
      });
    }
  });

  test('of every shape get a clear answer, past the secret of the address too', async () => {
    const types = fc.constantFrom(FORM, 'application/json', 'text/plain', 'multipart/form-data', '');
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.constantFrom(
        'id=1&status=',
        'data[0]=x&hash=y',
        'id=%E0%A4%A&status=1',
        `id=${'9'.repeat(3000)}&status=1`,
      ),
    );
    const providers = fc.constantFrom(smsc, smsru, twilio);
    await fc.assert(
      fc.asyncProperty(providers, types, text, text, async ({ callbackUrl }, type, body, query) => {
        const url = `${callbackUrl}?${encodeURIComponent(query)}`;
        const { status } = await post(url, body, { 'content-type': type });
        expect([200, 204, 400, 403]).toContain(status);
      }),
      { numRuns: 40 },
    );
  });

  test('of SMSC.ru are held to the hash of the settings once there is one', async () => {
    const admin = newUser(rt, 'admin');
    const path = `/v1/sms-providers/${smsc.id}`;
    const { headers } = await admin.call(`GET ${path}`);
    const options = { callbackHash: { algorithm: 'md5', formula: '{id}:{phone}:{status}:{secret}' } };
    const body = { options, secrets: { callbackSecret: 'agreed' } };
    expect((await admin.call(`PATCH ${path}`, { ifMatch: headers.etag, body })).status).toBe(200);
    expect(await post(smsc.callbackUrl, 'id=1&phone=79160000000&status=1')).toMatchObject({ status: 403 });
    const back = await admin.call(`GET ${path}`);
    await admin.call(`PATCH ${path}`, { ifMatch: back.headers.etag, body: { options: {} } });
  });

  test('get the answer their provider expects', async () => {
    expect(await post(smsc.callbackUrl, 'id=1&phone=79160000000&status=1')).toMatchObject({
      status: 200,
      body: 'OK',
    });
    const fields = { MessageSid: 'SM1', MessageStatus: 'sent' };
    const { body, headers } = signedByTwilio(SANDBOX_ACCOUNTS.twilio.authToken, twilio.callbackUrl, fields);
    expect(await post(twilio.callbackUrl, body, { ...headers })).toMatchObject({ status: 204 });
  });

  test('with a status nobody knows change no state; the word is kept', async () => {
    const { sms, ref } = await sentBy(smsc);
    sandbox.centre.advance(ref, '99');
    await sandbox.settled();
    const after = await reread(rt, sms);
    expect(after).toMatchObject({ state: 'sent', attempts: [{ state: 'sent', unrecognised: '99' }] });
    sandbox.centre.advance(ref, '1');
    await sandbox.settled();
    expect(await reread(rt, sms)).toMatchObject({ state: 'delivered', attempts: [{ unrecognised: '99' }] });
  });

  test('of a failure close the message, with the code as it came; a later success does not reopen it', async () => {
    const { sms, ref } = await sentBy(smsc);
    sandbox.centre.advance(ref, '20');
    await sandbox.settled();
    expect(await reread(rt, sms)).toMatchObject({
      state: 'failed',
      attempts: [{ state: 'failed', code: '20' }],
    });
    sandbox.centre.advance(ref, '1');
    await sandbox.settled();
    expect((await reread(rt, sms)).state).toBe('failed');
  });

  test('faster than the note of the answer wait, and are not lost', async () => {
    const early = await another(aws, rt);
    const sms = await queueSms(rt, { more: { providerId: smsru.id } });
    // 1: on record; 2: the answer's note. In between the provider has already delivered, and says so.
    beforeNth(early, { command: 'TransactWriteItemsCommand', nth: 2 }, async () => {
      sandbox.centre.advance(sandbox.centre.inbox(sms.phone)[0]?.ref ?? '', '103');
      await sandbox.settled();
    });
    await handOff(early, sms.id);
    expect((await reread(rt, sms)).state).toBe('sent');
    await drain(rt, { advanceMs: 15_000 });
    expect((await reread(rt, sms)).state).toBe('delivered');
  });
});

test('R-SMS-02 a message in parts is delivered when all of them are', async () => {
  const provider = await getProvider(rt, smsru.id);
  const { sms, ref } = await sentBy(smsru);
  const [attempt] = (await reread(rt, sms)).attempts;
  const refs = [ref, `${ref}-2`, `${ref}-3`];
  await recordOutcome(rt, {
    smsId: sms.id,
    attemptId: attempt?.id ?? '',
    provider,
    allowed: [smsru.id],
    outcome: { kind: 'accepted', refs },
  });
  const tell = async (part: string) => {
    sandbox.centre.take({
      api: 'smsru',
      ref: part,
      phone: aPhone(),
      sender: '',
      text: '',
      callbackUrl: smsru.callbackUrl,
    });
    sandbox.centre.advance(part, '103');
    await sandbox.settled();
    return (await reread(rt, sms)).state;
  };
  expect(await tell(`${ref}-3`)).toBe('sent');
  sandbox.centre.advance(ref, '103');
  await sandbox.settled();
  expect(await tell(`${ref}-2`)).toBe('delivered');
});

describe('R-SMS-10 a message from a phone', () => {
  const inboundUrl = async (): Promise<string> =>
    (await newUser(rt, 'manager').call(`GET /v1/sms-providers/${twilio.id}`)).body.inboundUrl;

  const write = async (text: string, more: Record<string, string> = {}) => {
    const url = await inboundUrl();
    const phone = aPhone();
    const fields = { From: phone, To: '+15550000000', Body: text, MessageSid: `SM${phone}`, ...more };
    const { body, headers } = signedByTwilio(SANDBOX_ACCOUNTS.twilio.authToken, url, fields);
    return { phone, answer: await post(url, body, { ...headers }) };
  };

  test.each(['STOP', ' stop. ', 'Стоп', 'UNSUBSCRIBE'])(
    '%p ends marketing to it, for everybody',
    async (text) => {
      const { phone, answer } = await write(text);
      expect(answer.status).toBe(204);
      expect(await findSuppression(rt, phone, '*')).toMatchObject({
        categories: ['marketing'],
        source: 'stop',
      });
      const [marketing, service] = [
        await queueSms(rt, { phone, category: 'marketing' }),
        await queueSms(rt, { phone }),
      ];
      await drain(rt);
      expect(await reread(rt, marketing)).toMatchObject({ state: 'denied', reason: 'suppression' });
      expect((await reread(rt, service)).state).toBe('sent');
    },
  );

  test('that says something else changes nothing', async () => {
    const { phone, answer } = await write('Please do not stop writing to me');
    expect(answer.status).toBe(204);
    expect(await findSuppression(rt, phone, '*')).toBeUndefined();
  });

  test('with a wrong signature is refused', async () => {
    const url = await inboundUrl();
    const answer = await post(url, 'From=%2B79160000000&Body=STOP&MessageSid=SM1', {
      'x-twilio-signature': 'x',
    });
    expect(answer).toMatchObject({ status: 403, body: { code: 'callback-refused' } });
    expect(await findSuppression(rt, '+79160000000', '*')).toBeUndefined();
  });
});
