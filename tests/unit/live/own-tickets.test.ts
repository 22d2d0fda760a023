import { changed, entryFor } from '../../../lib/live/facts/changed-frames.ts';
import { actsAs, signalFor } from '../../../lib/live/receiving/signal-frames.ts';
import type { Role } from '../../../lib/platform/caller.ts';

const TOPIC = 'ticket:tkt_1';
const CLIENT = 'usr_client';
const thing = { kind: 'entries', id: 'tkt_1', version: 1 } as const;
const follower = (userId: string, ...roles: Role[]) => ({ userId, roles });

describe('R-LIVE-01 somebody of staff whose own ticket it is', () => {
  const own = follower(CLIENT, 'client', 'executor', 'manager');

  test('learns of no note on it, and of every other entry', () => {
    const note = entryFor(TOPIC, thing, { kind: 'note', clientId: CLIENT });
    expect(note(own)).toBeUndefined();
    expect(note(follower('usr_else', 'executor'))).toEqual(changed(TOPIC, thing));
    expect(note(follower('usr_else', 'client'))).toBeUndefined();
    expect(entryFor(TOPIC, thing, { kind: 'reply', clientId: CLIENT })(own)).toEqual(changed(TOPIC, thing));
  });

  test('acts as its client, and sees the typing of whoever answers without their id', () => {
    expect(actsAs(own, { clientId: CLIENT, executorId: CLIENT })).toBe('client');
    const typing = {
      type: 'typing',
      topic: TOPIC,
      userId: 'usr_holder',
      as: 'executor',
      clientId: CLIENT,
    } as const;
    expect(signalFor(typing, own)).toEqual({ type: 'typing', topic: TOPIC, who: 'executor' });
    expect(signalFor({ ...typing, type: 'viewing' }, own)).toBeUndefined();
    expect(signalFor({ ...typing, as: 'manager' }, own)).toBeUndefined();
    expect(signalFor(typing, follower('usr_else', 'manager'))).toMatchObject({ userId: 'usr_holder' });
  });
});

test('R-LIVE-01 whoever neither has nor holds a ticket acts as nothing on it', () => {
  const audience = { clientId: CLIENT, executorId: 'usr_holder' };
  expect(actsAs(follower('usr_else', 'client', 'executor'), audience)).toBeUndefined();
  expect(actsAs(follower('usr_holder', 'executor'), audience)).toBe('executor');
  expect(actsAs(follower('usr_else', 'manager'), audience)).toBe('manager');
});
