import type { Session, User } from '../../../lib/identity/model.ts';
import {
  decideRefresh,
  newSession,
  rotated,
  SESSION_LIFE_SEC,
} from '../../../lib/identity/sessions/session-refresh.ts';
import { plusSeconds } from '../../../lib/platform/clock.ts';

const NOW = '2026-01-05T08:00:00.000Z';
const user: User = {
  id: 'usr_1',
  phone: '+79161234567',
  roles: ['client'],
  locale: 'ru',
  letters: [],
  sessionEpoch: 3,
  createdAt: NOW,
  version: 1,
};
const fresh = newSession('ses_1', user, NOW);
const session: Session = { ...fresh, generation: 5 };
const locked = { at: NOW, by: 'usr_2', reason: 'lost' };

interface Given {
  readonly afterSec?: number;
  readonly session?: Partial<Session>;
  readonly user?: Partial<User>;
}

test.each<[what: string, kind: string, generation: number, given: Given]>([
  ['the present token', 'rotate', 5, {}],
  ['the present token a moment before the session expires', 'rotate', 5, { afterSec: SESSION_LIFE_SEC - 1 }],
  ['the present token when it has expired', 'ended', 5, { afterSec: SESSION_LIFE_SEC }],
  ['the predecessor at once', 'repeat', 4, {}],
  ['the predecessor after ten seconds', 'repeat', 4, { afterSec: 10 }],
  ['the predecessor later', 'revoke', 4, { afterSec: 10.001 }],
  ['the one before it, however soon', 'revoke', 3, {}],
  ['the first', 'revoke', 1, {}],
  ['one from the future of a restored table', 'revoke', 6, {}],
  ['any of a session signed out', 'ended', 5, { session: { ended: { at: NOW, why: 'signed-out' } } }],
  ['any of a session reused', 'ended', 4, { session: { ended: { at: NOW, why: 'reused' } } }],
  ['any of a locked account', 'ended', 5, { user: { locked } }],
  ['any from before a lock, after the unlock', 'ended', 5, { user: { sessionEpoch: 4 } }],
])('R-AUTH-02 %s → %s', (_, kind, generation, given) => {
  const world = { session: { ...session, ...given.session }, user: { ...user, ...given.user } };
  expect(decideRefresh(world, generation, plusSeconds(NOW, given.afterSec ?? 0)).kind).toBe(kind);
});

test('R-AUTH-02 a session begins with the first token and lives 30 days from its last refresh', () => {
  expect(fresh).toMatchObject({ generation: 1, sessionEpoch: 3, expiresAt: '2026-02-04T08:00:00.000Z' });
  const after = rotated(fresh, '2026-02-01T08:00:00.000Z');
  expect(after).toEqual({
    ...fresh,
    generation: 2,
    rotatedAt: '2026-02-01T08:00:00.000Z',
    expiresAt: '2026-03-03T08:00:00.000Z',
  });
});
