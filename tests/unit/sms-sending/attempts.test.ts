import fc from 'fast-check';
import { REPORT_STATES, type StatusReport } from '../../../lib/sms/core/provider-model.ts';
import type { Attempt, Sms } from '../../../lib/sms/model.ts';
import {
  acceptedAttempt,
  attemptAfter,
  onwardFrom,
  providersLeft,
  smsStateAfter,
} from '../../../lib/sms/sending/attempts.ts';
import { nextQueryAt, UNRESOLVED_MS } from '../../../lib/sms/sending/status-queries.ts';

const AT = '2026-01-05T08:00:00.000Z';
const attempt = (more: Partial<Attempt> = {}): Attempt => ({
  id: 'a1',
  providerId: 'p1',
  state: 'sent',
  startedAt: AT,
  providerIds: ['x'],
  ...more,
});
const report = (state: StatusReport['state'], ref = 'x', code = 'c'): StatusReport => ({ ref, state, code });
const refused = (providerId: string, refusal: string): Attempt =>
  attempt({
    id: `${providerId}.${Math.random()}`,
    providerId,
    state: 'refused',
    code: '6',
    notes: { refusal },
  });
const smsWith = (state: Sms['state'], ...attempts: Attempt[]): Sms => ({ state, attempts }) as unknown as Sms;

const reports = fc.array(
  fc.record({
    ref: fc.constantFrom('x', 'y'),
    state: fc.constantFrom(...REPORT_STATES),
    code: fc.constantFrom('1', '2'),
  }),
  { maxLength: 12 },
);

describe('R-SMS-02 reports about an attempt', () => {
  it('once more change nothing, in whatever order they came', () => {
    fc.assert(
      fc.property(reports, (list) => {
        const after = list.reduce(
          (each, one) => attemptAfter(each, one, AT),
          attempt({ providerIds: ['x', 'y'] }),
        );
        const settled = list.filter(({ state }) => state !== 'unrecognised');
        for (const each of settled) expect(attemptAfter(after, each, AT)).toBe(after);
      }),
    );
  });

  it('never take an end back, but for read after delivered', () => {
    fc.assert(
      fc.property(reports, (list) => {
        let now = attempt();
        for (const each of list) {
          const next = attemptAfter(now, each, AT);
          const ended = !['sending', 'sent', 'lost'].includes(now.state);
          if (ended && next.state !== now.state)
            expect([now.state, next.state]).toEqual(['delivered', 'read']);
          now = next;
        }
      }),
    );
  });

  it.each([
    [['delivered', undefined], 'sent'],
    [['delivered', 'delivered'], 'delivered'],
    [['delivered', 'read'], 'read'],
    [['delivered', 'failed'], 'failed'],
    [['pending', 'expired'], 'expired'],
  ] as const)('of two parts %p come to %s', (parts, state) => {
    const told = parts.flatMap((part, index) => (part ? [report(part, ['x', 'y'][index])] : []));
    const after = told.reduce(
      (each, one) => attemptAfter(each, one, AT),
      attempt({ providerIds: ['x', 'y'] }),
    );
    expect(after.state).toBe(state);
  });

  it('a lost attempt that the provider speaks of was not lost', () => {
    const lost = attempt({ state: 'lost', providerIds: [] });
    expect(attemptAfter(lost, report('pending'), AT)).toMatchObject({ state: 'sent', providerIds: ['x'] });
    expect(attemptAfter(lost, report('missing'), AT)).toBe(lost);
  });

  it('keep the reason of a failure in words, where there are any', () => {
    const told = { ...report('failed'), errorCode: '219' };
    expect(attemptAfter(attempt(), { ...told, why: 'SIM replaced' }, AT).why).toBe('SIM replaced');
    expect(attemptAfter(attempt(), told, AT).why).toBe('reason 219');
  });

  it('an answer after the reports takes nothing back', () => {
    const early = attemptAfter(attempt({ state: 'sending', providerIds: [] }), report('delivered'), AT);
    expect(acceptedAttempt(early, { kind: 'accepted', refs: ['x'] })).toMatchObject({ state: 'delivered' });
    expect(acceptedAttempt(early, { kind: 'accepted', refs: ['x', 'y'] }).providerIds).toEqual(['x', 'y']);
  });

  it('about an attempt that was given up count only when they are good', () => {
    const old = attempt({ id: 'old', state: 'failed' });
    expect(smsStateAfter(smsWith('sending', old, attempt()), old)).toBeUndefined();
    const good = { ...old, state: 'delivered' as const };
    expect(smsStateAfter(smsWith('sending', good, attempt()), good)).toBe('delivered');
  });
});

describe('R-SMS-04 after a refusal', () => {
  const [nowMs, validUntilMs] = [0, 3_600_000];
  const from = (attempts: readonly Attempt[], allowed: readonly string[], until = validUntilMs) =>
    onwardFrom(attempts, { allowed, nowMs, validUntilMs: until });

  it.each([
    ['the next one is asked', [refused('p1', 'content')], ['p1', 'p2'], { kind: 'next' }],
    ['nobody is left', [refused('p1', 'content')], ['p1'], { kind: 'end' }],
    ['"not now": first the others', [refused('p1', 'temporary')], ['p1', 'p2'], { kind: 'next' }],
    ['"not now": later the same', [refused('p1', 'temporary')], ['p1'], { kind: 'later', delaySec: 15 }],
    ['a stop-list ends it', [refused('p1', 'suppressed')], ['p1', 'p2'], { kind: 'end' }],
    ['a provider disabled meanwhile is no way', [refused('p1', 'content')], [], { kind: 'end' }],
    [
      'ten attempts are enough',
      Array.from({ length: 10 }, () => refused('p1', 'temporary')),
      ['p1'],
      { kind: 'end' },
    ],
  ] as const)('%s', (_, attempts, allowed, onward) => {
    expect(from(attempts, allowed)).toMatchObject(onward);
  });

  it('waits longer from round to round, and not beyond the validity', () => {
    const delays = [1, 2, 3, 4].map((rounds) =>
      from(
        Array.from({ length: rounds }, () => refused('p1', 'temporary')),
        ['p1'],
      ),
    );
    expect(delays.map((each) => each.kind === 'later' && each.delaySec)).toEqual([15, 30, 60, 120]);
    expect(from([refused('p1', 'temporary')], ['p1'], 10_000).kind).toBe('end');
  });

  it('those who said nothing yet come first', () => {
    expect(providersLeft([refused('p1', 'temporary')], ['p1', 'p2', 'p3'])).toEqual(['p2', 'p3', 'p1']);
  });
});

describe('R-SMS-03 when a message is asked about', () => {
  it('ever more rarely, and at the 72nd hour at the latest', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: UNRESOLVED_MS * 2 }),
        fc.boolean(),
        fc.boolean(),
        (age, lost, canQuery) => {
          const startedMs = Date.parse(AT);
          const next = Date.parse(nextQueryAt(AT, startedMs + age, { lost, canQuery }));
          expect(next).toBeGreaterThanOrEqual(startedMs + age);
          expect(next).toBeLessThanOrEqual(Math.max(startedMs + age, startedMs + UNRESOLVED_MS));
        },
      ),
    );
  });

  it('never more than five times a minute, which SMSC.ru counts', () => {
    let now = Date.parse(AT);
    const times: number[] = [];
    while (now < Date.parse(AT) + UNRESOLVED_MS) {
      now = Date.parse(nextQueryAt(AT, now, { lost: true, canQuery: true }));
      times.push(now);
    }
    for (const each of times)
      expect(times.filter((t) => t > each - 60_000 && t <= each).length).toBeLessThan(5);
  });
});

describe('R-SMS-02 what a report says beside its state', () => {
  const receivedAt = '2026-01-05T08:10:00.000Z';

  it.each([
    ['of the attempt', '2026-01-05T08:05:00.000Z', '2026-01-05T08:05:00.000Z'],
    ['before the attempt', '2001-01-01T00:00:00.000Z', receivedAt],
    ['after we received it', '2286-11-20T17:46:39.000Z', receivedAt],
    ['never said', undefined, receivedAt],
  ])('a time %s: the status is kept, an impossible time becomes ours', (_, at, endedAt) => {
    const after = attemptAfter(attempt(), { ...report('delivered'), at }, receivedAt);
    expect(after).toMatchObject({ state: 'delivered', endedAt });
  });

  it('a delivered message keeps no reason of an earlier loss', () => {
    const lost = attempt({ state: 'lost', why: 'no word from the sender' });
    expect(attemptAfter(lost, report('delivered'), receivedAt).why).toBeUndefined();
    expect(attemptAfter(lost, { ...report('pending') }, receivedAt)).toMatchObject({ state: 'sent' });
    expect(attemptAfter(lost, { ...report('pending') }, receivedAt).why).toBeUndefined();
    expect(acceptedAttempt(lost, { kind: 'accepted', refs: ['x'] }).why).toBeUndefined();
  });
});
