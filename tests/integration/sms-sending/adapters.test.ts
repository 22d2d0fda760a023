import { type Accepted, PROVIDER_KINDS, type ProviderKind } from '../../../lib/sms/core/provider-model.ts';
import { adapterOf } from '../../../lib/sms/providers/adapters.ts';
import type { RawCallback, SmsProvider } from '../../../lib/sms/providers/port.ts';
import { freePort } from '../../../localstack/ports.ts';
import { type RunningCentre, startSmsCentre } from '../../../localstack/sandboxes/sms/sms-centre.ts';
import { aRequest, contextAt, sandboxAccount } from '../../support/sms-sending/provider-context.ts';

// The contract of the port: every adapter, over real HTTP, against the sandbox that speaks its API.

/** The APIs' own words for what the contract is about. */
const WORDS: Readonly<
  Record<
    ProviderKind,
    {
      refusals: readonly (readonly [code: string, reason: string])[];
      states: readonly (readonly [code: string, state: string])[];
      unknownState: string;
    }
  >
> = {
  smsc: {
    refusals: [
      ['2', 'account'],
      ['3', 'account'],
      ['6', 'content'],
      ['7', 'recipient'],
      ['8', 'recipient'],
      ['9', 'temporary'],
      ['77', 'unrecognised'],
    ],
    states: [
      ['-1', 'pending'],
      ['0', 'pending'],
      ['1', 'delivered'],
      ['2', 'read'],
      ['3', 'expired'],
      ['4', 'read'],
      ['20', 'failed'],
      ['22', 'rejected'],
      ['25', 'failed'],
    ],
    unknownState: '99',
  },
  smsru: {
    refusals: [
      ['200', 'account'],
      ['201', 'account'],
      ['204', 'content'],
      ['207', 'recipient'],
      ['209', 'suppressed'],
      ['215', 'suppressed'],
      ['230', 'recipient'],
      ['500', 'temporary'],
      ['777', 'unrecognised'],
    ],
    states: [
      ['100', 'pending'],
      ['102', 'pending'],
      ['103', 'delivered'],
      ['104', 'expired'],
      ['105', 'cancelled'],
      ['108', 'rejected'],
      ['110', 'read'],
      ['150', 'failed'],
    ],
    unknownState: '199',
  },
  twilio: {
    refusals: [
      ['20003', 'account'],
      ['20429', 'temporary'],
      ['21610', 'suppressed'],
      ['21211', 'content'],
    ],
    states: [
      ['queued', 'pending'],
      ['sent', 'pending'],
      ['delivered', 'delivered'],
      ['undelivered', 'failed'],
      ['failed', 'failed'],
      ['read', 'read'],
      ['canceled', 'cancelled'],
    ],
    unknownState: 'teleported',
  },
};

let sandbox: RunningCentre;
const received: RawCallback[] = [];
const CALLBACK = 'https://api.invalid/v1/sms-callbacks/prv/secret';

beforeAll(async () => {
  sandbox = await startSmsCentre({
    faults: { statusDelayMs: null, askLimits: false },
    fetchReport: async (url, init) => {
      const request = new Request(url, init);
      received.push({
        url: String(url),
        contentType: request.headers.get('content-type') ?? '',
        header: (name) => request.headers.get(name) ?? undefined,
        body: new Uint8Array(await request.arrayBuffer()),
      });
      return new Response(null, { status: 204 });
    },
  });
});
afterAll(() => sandbox.stop());
afterEach(() => {
  sandbox.centre.reset();
  received.length = 0;
});

describe.each(PROVIDER_KINDS)('R-SMS-04 the adapter of %s', (kind) => {
  const adapter: SmsProvider = adapterOf(kind);
  const words = WORDS[kind];
  const at = (more = {}) => contextAt(sandbox, kind, more);
  const ownId = () => adapter.ownIdOf(`sms_${crypto.randomUUID()}.1`, 0);

  const accepted = async (more = {}): Promise<{ ref: string; phone: string }> => {
    const request = aRequest({ ownId: ownId(), callbackUrl: CALLBACK, ...more });
    const outcome = (await adapter.send(at(), request)) as Accepted;
    expect(outcome.kind).toBe('accepted');
    return { ref: outcome.refs[0] ?? '', phone: request.phone };
  };

  it('hands a message over, and the phone gets its text once', async () => {
    const request = aRequest({ ownId: ownId(), text: 'Код 123456 №1 «да»' });
    const outcome = await adapter.send(at(), request);
    expect(outcome).toMatchObject({ kind: 'accepted', refs: [expect.any(String)] });
    const inbox = sandbox.centre.inbox(request.phone);
    expect(inbox.map(({ text, sender }) => [text, sender])).toEqual([[request.text, 'Rotadesk']]);
    if (adapter.capabilities.ownId) expect(inbox[0]?.ref).toBe(request.ownId);
  });

  it.each(words.refusals)('takes %s for a refusal: %s', async (code, reason) => {
    sandbox.centre.control(kind, { refuse: { code } });
    const request = aRequest({ ownId: ownId() });
    expect(await adapter.send(at(), request)).toMatchObject({ kind: 'refused', reason, code });
    expect(sandbox.centre.inbox(request.phone)).toEqual([]);
  });

  it.each(['before', 'after'] as const)('says that an answer was lost (%s it was taken)', async (when) => {
    sandbox.centre.control(kind, { lose: { when } });
    const request = aRequest({ ownId: ownId() });
    expect(await adapter.send(at(), request)).toMatchObject({ kind: 'lost' });
    expect(sandbox.centre.inbox(request.phone)).toHaveLength(when === 'after' ? 1 : 0);
  });

  it('says lost when the answer takes too long', async () => {
    sandbox.centre.control(kind, { latencyMs: 300 });
    expect(await adapter.send(at({ timeoutMs: 50 }), aRequest({ ownId: ownId() }))).toMatchObject({
      kind: 'lost',
    });
  });

  it('says lost when a server in between answers for the provider', async () => {
    sandbox.centre.control(kind, { http: { status: 502 } });
    expect(await adapter.send(at(), aRequest({ ownId: ownId() }))).toMatchObject({ kind: 'lost' });
  });

  it('says refused when nobody listens there: nothing can have been taken', async () => {
    const nowhere = at({ baseUrl: `http://127.0.0.1:${await freePort()}` });
    expect(await adapter.send(nowhere, aRequest({ ownId: ownId() }))).toMatchObject({
      kind: 'refused',
      reason: 'temporary',
      code: 'unreachable',
    });
  });

  it('says that the account is wrong, and where the phone is no phone', async () => {
    const secrets = Object.fromEntries(Object.keys(sandboxAccount[kind].secrets).map((name) => [name, 'x']));
    expect(await adapter.send(at({ secrets }), aRequest({ ownId: ownId() }))).toMatchObject({
      kind: 'refused',
      reason: 'account',
    });
    expect(await adapter.send(at(), aRequest({ ownId: ownId(), phone: '+12' }))).toMatchObject({
      kind: 'refused',
    });
  });

  it.each(words.states)('knows the status %s: %s', async (code, state) => {
    const query = await accepted();
    sandbox.centre.advance(query.ref, code, { silent: true });
    const answer = await adapter.queryStatus(at(), [query]);
    expect(answer).toMatchObject({ kind: 'answered', reports: [{ ref: query.ref, state, code }] });
  });

  it('keeps a status nobody knows as it came', async () => {
    const query = await accepted();
    sandbox.centre.advance(query.ref, words.unknownState, { silent: true });
    expect(await adapter.queryStatus(at(), [query])).toMatchObject({
      reports: [{ ref: query.ref, state: 'unrecognised', code: words.unknownState }],
    });
  });

  it('says that a message is missing', async () => {
    const query = { ref: '424242', phone: '+79160000000' };
    expect(await adapter.queryStatus(at(), [query])).toMatchObject({
      reports: [{ ref: '424242', state: 'missing' }],
    });
  });

  it('asks about many at once, as far as the provider lets it', async () => {
    const queries = await Promise.all([1, 2, 3].map(() => accepted()));
    const answer = await adapter.queryStatus(at(), queries);
    expect(answer.kind === 'answered' && answer.reports.map(({ ref }) => ref).sort()).toEqual(
      queries.map(({ ref }) => ref).sort(),
    );
  });

  it('reads a report', async () => {
    sandbox.centre.accounts = {
      ...sandbox.centre.accounts,
      smsc: { ...sandbox.centre.accounts.smsc, callbackUrl: CALLBACK },
      smsru: { ...sandbox.centre.accounts.smsru, callbackUrl: CALLBACK },
    };
    const [code, state] = words.states.find(([, each]) => each === 'delivered') ?? ['', ''];
    const { ref } = await accepted();
    sandbox.centre.advance(ref, code);
    await sandbox.settled();
    const outcome = adapter.readCallback(at(), received[0] as RawCallback);
    expect(outcome).toMatchObject({ kind: 'reports', reports: [{ ref, state, code }] });
  });

  it('tells the balance, or why not', async () => {
    expect(await adapter.balance(at())).toMatchObject({ kind: 'known', amount: expect.stringMatching(/\d/) });
    const secrets = Object.fromEntries(Object.keys(sandboxAccount[kind].secrets).map((name) => [name, 'x']));
    expect(await adapter.balance(at({ secrets }))).toMatchObject({ kind: 'refused' });
    expect(await adapter.balance(at({ baseUrl: `http://127.0.0.1:${await freePort()}` }))).toMatchObject({
      kind: 'failed',
    });
  });

  it('cancels where the provider can', async () => {
    const query = await accepted();
    const outcome = await adapter.cancel(at(), query);
    expect(outcome.kind).toBe(kind === 'smsc' ? 'cancelled' : 'refused');
  });
});

describe('R-SMS-03 what one provider alone has', () => {
  it('sms.ru: a recipient refused inside an answer that is OK', async () => {
    sandbox.centre.control('smsru', { refuse: { code: '207', inside: true } });
    const outcome = await adapterOf('smsru').send(contextAt(sandbox, 'smsru'), aRequest());
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'recipient', code: '207' });
  });

  it('SMSC: says so when it was asked too often', async () => {
    sandbox.centre.control('smsc', { askLimits: true });
    const queries = [
      { ref: '1', phone: '+79160000001' },
      { ref: '2', phone: '+79160000002' },
    ];
    const ask = () => adapterOf('smsc').queryStatus(contextAt(sandbox, 'smsc'), queries);
    expect((await ask()).kind).toBe('answered');
    expect((await ask()).kind).toBe('limited');
  });

  it('Twilio: a message too long for it never leaves', async () => {
    const nobody = contextAt(sandbox, 'twilio', { fetch: () => Promise.reject(new Error('no')) });
    const outcome = await adapterOf('twilio').send(nobody, aRequest({ text: 'x'.repeat(1601) }));
    expect(outcome).toMatchObject({ kind: 'refused', code: 'too-long' });
  });
});
