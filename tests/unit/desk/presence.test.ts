import {
  checkHeartbeat,
  goingAway,
  intended,
  isTooLate,
  leaving,
  type PresenceIntent,
  presenceIntents,
  restoring,
  suspecting,
} from '../../../lib/desk/core/presence.ts';
import { type Executor, type Presence, presences } from '../../../lib/desk/model.ts';
import { instant } from '../../../lib/platform/clock.ts';

const T0 = Date.UTC(2026, 0, 5, 8);
const at = (sec: number) => instant(T0 + sec * 1000);

const executor = (given: Partial<Executor> = {}): Executor => ({
  id: `usr_${crypto.randomUUID()}`,
  name: 'Ada',
  homeDeskId: 'main',
  presence: 'online',
  epoch: 4,
  open: ['a', 'b'],
  openUrgent: ['b'],
  parked: ['c'],
  rank: 7,
  missesRunning: 1,
  version: 9,
  ...given,
});

const suspect = (from: 'online' | 'draining' = 'online') => suspecting(executor({ presence: from }), at(0));

describe('what an executor says of themselves', () => {
  const cases = presences.flatMap((from) => presenceIntents.map((to) => [from, to] as const));

  test.each(cases)('R-DESK-10 from %s to %s', (from: Presence, to: PresenceIntent) => {
    const before = from === 'suspect' ? suspect() : executor({ presence: from });
    const move = intended(before, to);
    if (from === to) return expect(move).toBeUndefined();
    const handOver = to === 'offline' ? 'all' : to === 'away' ? 'unaccepted' : undefined;
    expect(move?.handOver).toBe(handOver);
    expect(move?.after).toEqual({
      ...before,
      presence: to,
      suspected: undefined,
      epoch: to === 'offline' ? 5 : 4,
      missesRunning: to === 'away' || to === 'offline' ? 0 : 1,
      version: before.version + 1,
    });
  });
});

describe('dropping out', () => {
  test.each(['online', 'draining'] as const)(
    'R-DESK-08 who was %s comes back so, with every ticket',
    (from) => {
      const back = restoring(suspect(from));
      expect(back.handOver).toBeUndefined();
      expect(back.after).toMatchObject({
        presence: from,
        epoch: 4,
        open: ['a', 'b'],
        parked: ['c'],
        suspected: undefined,
      });
    },
  );

  test('R-DESK-08 a suspect is remembered with what they were, and loses nothing', () => {
    expect(suspect('draining')).toMatchObject({
      presence: 'suspect',
      suspected: { from: 'draining', since: at(0) },
      epoch: 4,
      open: ['a', 'b'],
      version: 10,
    });
  });

  test('R-DESK-08 whoever leaves moves on in epoch, and every ticket in hand goes', () => {
    expect(leaving(executor())).toMatchObject({ handOver: 'all', after: { presence: 'offline', epoch: 5 } });
  });

  test('R-DESK-10 going away keeps the epoch: accepted tickets stay theirs', () => {
    expect(goingAway(executor())).toMatchObject({
      handOver: 'unaccepted',
      after: { presence: 'away', epoch: 4 },
    });
  });

  test('R-DESK-08 the reconnect wait ends exactly when it is over', () => {
    const limits = { maxReconnectWaitSec: 120 };
    const seen = [0, 119.999, 120, 500].map((sec) => isTooLate(suspect(), limits, at(sec)));
    expect(seen).toEqual([false, false, true, true]);
    expect(isTooLate(executor(), limits, at(500))).toBe(false);
  });
});

describe('a look at the heartbeats', () => {
  const limits = { heartbeatPeriodSec: 10, missedHeartbeats: 3 };
  const beat = { executorId: 'x', lastBeatAt: at(0), watch: 'w1' };
  const look = (given: Partial<Executor>, sec: number, watch = 'w1') =>
    checkHeartbeat({ executor: executor(given), beat, limits }, { watch, nowMs: T0 + sec * 1000 });

  test('R-DESK-08 fresh until three were missed, stale from then on', () => {
    expect(look({}, 29.999)).toEqual({ kind: 'fresh', staleAtMs: T0 + 30_000 });
    expect(look({}, 30)).toEqual({ kind: 'stale' });
    expect(look({ presence: 'draining' }, 30)).toEqual({ kind: 'stale' });
  });

  test('R-DESK-08 a look of another chain, or at somebody who is not watched, stops', () => {
    expect(look({}, 60, 'w0')).toEqual({ kind: 'stop' });
    for (const presence of ['away', 'offline', 'suspect'] as const)
      expect(look({ presence }, 60)).toEqual({ kind: 'stop' });
    const never = checkHeartbeat(
      { executor: executor(), beat: undefined, limits },
      { watch: 'w1', nowMs: T0 },
    );
    expect(never).toEqual({ kind: 'stop' });
  });
});
