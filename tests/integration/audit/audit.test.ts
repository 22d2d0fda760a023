import { randomUUID } from 'node:crypto';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { AuditFact } from '../../../lib/platform/audit.ts';
import { auditEvent } from '../../../lib/platform/audit.ts';
import type { Caller } from '../../../lib/platform/caller.ts';
import { queueUrl } from '../../../lib/platform/config.ts';
import { commit } from '../../../lib/platform/storage/commit.ts';
import {
  call,
  drain,
  startAws,
  type TestAws,
  type TestRuntime,
  testRuntime,
} from '../../support/aws/index.ts';

let aws: TestAws;
let rt: TestRuntime;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
});

const DAY_MS = 24 * 3600 * 1000;
const manager: Caller = { id: 'usr_manager', roles: ['manager'] };
const someone = (): Caller => ({ id: `usr_${randomUUID()}`, roles: ['executor'] });
const something = (): string => `ticket/tkt_${randomUUID()}`;
const ORIGIN = { ip: '203.0.113.9', requestId: 'req-1' };

const record = async (fact: Partial<AuditFact> = {}): Promise<void> => {
  const whole: AuditFact = {
    actor: someone(),
    action: 'ticket.assigned',
    subject: something(),
    origin: ORIGIN,
    ...fact,
  };
  await commit(rt, { writes: [], events: [auditEvent(rt, whole)] });
};

const search = async (query: Record<string, string | number>) => {
  const text = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return call(rt, `GET /v1/audit?${text}`, { token: await rt.token(manager) });
};

/** Every page of a search, put together. */
const searchAll = async (query: Record<string, string | number>) => {
  const items = [];
  let cursor: string | null = null;
  do {
    const { status, body } = await search({ ...query, ...(cursor !== null && { cursor }) });
    expect(status).toBe(200);
    expect(body.items.length).toBeLessThanOrEqual(Number(query.limit ?? 20));
    items.push(...body.items);
    cursor = body.nextCursor;
  } while (cursor !== null);
  return items;
};

const actionsOf = (items: { action: string }[]): string[] => items.map(({ action }) => action);

describe('the audit log', () => {
  test('R-ADM-02 holds who did what to what, when, from where, with old and new', async () => {
    const actor = someone();
    const subject = something();
    await record({
      actor,
      subject,
      deskId: 'dsk_1',
      details: { urgent: { old: false, new: true }, reason: 'fire' },
    });
    await drain(rt);
    const { body } = await search({ subject });
    expect(body).toEqual({
      items: [
        {
          id: expect.stringMatching(/^aud_/),
          at: new Date(rt.clock.nowMs()).toISOString(),
          actor: { id: actor.id, roles: ['executor'] },
          action: 'ticket.assigned',
          subject,
          deskId: 'dsk_1',
          details: { urgent: { old: false, new: true }, reason: 'fire' },
          origin: ORIGIN,
        },
      ],
      nextCursor: null,
    });
  });

  test('R-ADM-02 holds an entry once, however often it is delivered', async () => {
    const subject = something();
    const draft = auditEvent(rt, { actor: someone(), action: 'ticket.closed', subject });
    const event = { id: 'evt_1', at: new Date(rt.clock.nowMs()).toISOString(), ...draft };
    for (let delivery = 0; delivery < 3; delivery += 1) {
      await rt.sqs.send(
        new SendMessageCommand({
          QueueUrl: queueUrl(rt.env, 'audit-events'),
          MessageBody: JSON.stringify(event),
        }),
      );
    }
    await drain(rt);
    expect((await search({ subject })).body.items).toHaveLength(1);
  });

  test('R-ADM-02 an entry that comes again with other words changes nothing', async () => {
    const subject = something();
    const draft = auditEvent(rt, { actor: someone(), action: 'ticket.closed', subject });
    const event = { id: 'evt_1', at: new Date(rt.clock.nowMs()).toISOString(), ...draft };
    const forged = { ...event, data: { ...draft.data, action: 'nothing.happened' } };
    for (const body of [event, forged]) {
      await rt.sqs.send(
        new SendMessageCommand({
          QueueUrl: queueUrl(rt.env, 'audit-events'),
          MessageBody: JSON.stringify(body),
        }),
      );
      await drain(rt);
    }
    expect(actionsOf((await search({ subject })).body.items)).toEqual(['ticket.closed']);
  });

  test('R-ADM-02 is searched by subject, by actor and by both, newest first', async () => {
    const [anna, boris] = [someone(), someone()];
    const [one, two] = [something(), something()];
    for (const [actor, subject, action] of [
      [anna, one, 'a'],
      [boris, one, 'b'],
      [anna, two, 'c'],
      [anna, one, 'd'],
    ] as const) {
      await record({ actor, subject, action });
      rt.clock.move(DAY_MS);
    }
    await drain(rt);
    expect(actionsOf(await searchAll({ subject: one }))).toEqual(['d', 'b', 'a']);
    expect(actionsOf(await searchAll({ actor: anna.id }))).toEqual(['d', 'c', 'a']);
    expect(actionsOf(await searchAll({ actor: anna.id, subject: one }))).toEqual(['d', 'a']);
    expect(await searchAll({ actor: boris.id, subject: two })).toEqual([]);
  });

  test('R-ADM-02 without subject or actor is read day by day, from inclusive, to exclusive', async () => {
    rt.clock.move(1000 * DAY_MS); // days of its own
    const startMs = rt.clock.nowMs();
    for (const action of ['first', 'second', 'third', 'fourth']) {
      await record({ action });
      rt.clock.move(2 * DAY_MS);
    }
    await drain(rt);
    const at = (days: number): string => new Date(startMs + days * DAY_MS).toISOString();
    expect(actionsOf(await searchAll({ from: at(0), to: at(6) }))).toEqual(['third', 'second', 'first']);
    expect(actionsOf(await searchAll({ from: at(2), to: at(31) }))).toEqual(['fourth', 'third', 'second']);
    expect(actionsOf(await searchAll({}))).toEqual(['fourth', 'third', 'second', 'first']);
  });

  test.each([1, 2, 3, 7])('R-ADM-02 pages of %i miss nothing and repeat nothing', async (limit) => {
    rt.clock.move((2000 + limit * 100) * DAY_MS);
    const subject = something();
    const expected: string[] = [];
    for (let n = 0; n < 8; n += 1) {
      await record({ subject, action: `a${n}` });
      expected.unshift(`a${n}`);
      if (n % 3 === 2) rt.clock.move(DAY_MS); // several at the same instant, then another day
    }
    await drain(rt);
    rt.clock.move(DAY_MS);
    expect(actionsOf(await searchAll({ subject, limit })).toSorted()).toEqual(expected.toSorted());
    expect(actionsOf(await searchAll({ limit })).toSorted()).toEqual(expected.toSorted());
  });
});

describe('a bad search', () => {
  test.each([
    [{ from: '2026-01-01T00:00:00Z', to: '2026-02-02T00:00:00Z' }, 'invalid-range'],
    [{ from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }, 'invalid-range'],
    [{ from: 'yesterday' }, 'invalid-request'],
    [{ to: '9999-12-31T23:59:59-23:59' }, 'invalid-request'],
    [{ from: '0001-01-01T00:00:00Z', actor: 'usr_a' }, 'invalid-request'],
    [{ subject: '' }, 'invalid-request'],
    [{ subject: 'no-kind' }, 'invalid-request'],
    [{ actor: 'a#b' }, 'invalid-request'],
    [{ cursor: 'x' }, 'invalid-cursor'],
    [{ limit: 101 }, 'invalid-request'],
  ])('%j is %s', async (query, code) => {
    const { status, body } = await search(query as unknown as Record<string, string>);
    expect([status, body.code]).toEqual([400, code]);
  });

  test('a cursor of another search, or with a made-up place, is invalid-cursor', async () => {
    const subject = something();
    for (const action of ['a', 'b']) await record({ subject, action });
    await drain(rt);
    const { nextCursor } = (await search({ subject, limit: 1 })).body;
    expect((await search({ actor: 'usr_a', cursor: nextCursor })).body.code).toBe('invalid-cursor');
    const list = JSON.parse(Buffer.from(nextCursor, 'base64url').toString()).list;
    for (const place of ['', 'x', 5, '2026-99-99T99:99:99.999Z#aud_1', '2026-01-01T00:00:00.000Z']) {
      const cursor = Buffer.from(JSON.stringify({ list, key: { place } })).toString('base64url');
      expect((await search({ subject, cursor })).body.code).toBe('invalid-cursor');
    }
  });

  test('a cursor outside its own range finds nothing', async () => {
    const query = { from: '2026-01-01T00:00:00Z', to: '2026-01-03T00:00:00Z' };
    const list = 'audit:::2026-01-01T00:00:00.000Z:2026-01-03T00:00:00.000Z';
    for (const at of ['2025-12-31T23:59:59.999Z', '2026-01-03T00:00:00.000Z', '9026-01-03T00:00:00.000Z']) {
      const cursor = Buffer.from(JSON.stringify({ list, key: { place: `${at}#aud_1` } })).toString(
        'base64url',
      );
      expect((await search({ ...query, cursor })).body).toEqual({ items: [], nextCursor: null });
    }
  });

  test('a poisoned entry is rejected with the reason and the rest is kept', async () => {
    await rt.sqs.send(
      new SendMessageCommand({ QueueUrl: queueUrl(rt.env, 'audit-events'), MessageBody: '{"id":1}' }),
    );
    const subject = something();
    await record({ subject });
    await drain(rt);
    expect((await search({ subject })).body.items).toHaveLength(1);
  });
});
