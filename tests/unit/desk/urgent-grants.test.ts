import { grantUrgency, localDay, type UrgentGrants } from '../../../lib/desk/intake/urgent-grants.ts';

const URGENT_A_DAY = 3;

const ask = (grants: UrgentGrants, messageId: string, acceptedAt: string, timeZone = 'UTC') =>
  grantUrgency(grants, { messageId, acceptedAt, timeZone, perDay: URGENT_A_DAY });

const granted = (at: string[], timeZone = 'UTC'): UrgentGrants =>
  at.reduce<UrgentGrants>((grants, each, i) => ask(grants, `msg_${i}`, each, timeZone) ?? grants, {});

it('R-DESK-13 grants three a day and not a fourth', () => {
  const day = ['08:00', '09:00', '10:00'].map((time) => `2026-01-05T${time}:00.000Z`);
  expect(Object.keys(granted(day))).toHaveLength(URGENT_A_DAY);
  expect(ask(granted(day), 'msg_x', '2026-01-05T23:59:59.999Z')).toBeUndefined();
});

it('R-DESK-13 begins anew with the day', () => {
  const day = ['08:00', '09:00', '10:00'].map((time) => `2026-01-05T${time}:00.000Z`);
  expect(ask(granted(day), 'msg_x', '2026-01-06T00:00:00.000Z')).toBeDefined();
});

it("R-DESK-13 counts days of the desk's zone, not of UTC", () => {
  const evening = ['13:00', '13:30', '14:00'].map((time) => `2026-01-05T${time}:00.000Z`);
  const inTokyo = granted(evening, 'Asia/Tokyo');
  expect(ask(inTokyo, 'msg_x', '2026-01-05T14:59:59.999Z', 'Asia/Tokyo')).toBeUndefined();
  expect(ask(inTokyo, 'msg_x', '2026-01-05T15:00:00.000Z', 'Asia/Tokyo')).toBeDefined();
  expect(ask(granted(evening), 'msg_x', '2026-01-05T15:00:00.000Z')).toBeUndefined();
});

it('R-DESK-13 counts a day of 25 hours as one', () => {
  const [first, last] = ['2026-10-24T22:00:00.000Z', '2026-10-25T22:59:59.999Z'] as const;
  expect(localDay(first, 'Europe/Berlin')).toBe(localDay(last, 'Europe/Berlin'));
  const grants = granted([first, first, first], 'Europe/Berlin');
  expect(ask(grants, 'msg_x', last, 'Europe/Berlin')).toBeUndefined();
});

it('R-DESK-13 does not count a message twice', () => {
  const grants = granted(['08:00', '09:00', '10:00'].map((time) => `2026-01-05T${time}:00.000Z`));
  expect(ask(grants, 'msg_2', '2026-01-05T10:00:00.000Z')).toEqual(grants);
});

it('forgets what can no longer count', () => {
  const grants = granted(['2026-01-05T08:00:00.000Z']);
  expect(Object.keys(ask(grants, 'msg_x', '2026-01-08T08:00:00.000Z') ?? {})).toEqual(['msg_x']);
});
