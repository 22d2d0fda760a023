import { addEntity, register, type SmsWorld, smsWorld } from '../../support/sms.ts';

let world: SmsWorld;
let entityId: string;

beforeAll(async () => {
  world = await smsWorld();
  entityId = await addEntity(world);
});
afterAll(() => world.aws.stop());

const HOUR_MS = 3_600_000;
const hoursOf = (day: string): number[] =>
  Array.from({ length: 24 }, (_, hour) => Date.parse(`${day}T00:00:00.000Z`) + hour * HOUR_MS);

/** The README's third message to one phone, at this moment. */
const third = async (atMs: number, number: number) => {
  world.rt.clock.moveTo(atMs);
  const phone = `+7916000${1000 + number}`;
  const debt = { category: 'debt', phone, zone: 'Europe/Moscow', validitySec: 432_000 };
  for (const key of [1, 2]) await register(world, entityId, { ...debt, text: `Reminder ${key}` });
  return register(world, entityId, { ...debt, text: 'Reminder 3' });
};

test('R-SMS-07 the third message about a debt waits for its day by the caps, whatever hour and day of the week it is', async () => {
  const moments = [...hoursOf('2026-03-04'), ...hoursOf('2026-03-07'), ...hoursOf('2026-03-08')];
  for (const [number, atMs] of moments.entries()) {
    const sms = await third(atMs, number);
    expect({ atMs, state: sms.state, trace: sms.trace }).toEqual({
      atMs,
      state: 'deferred',
      trace: expect.arrayContaining([expect.objectContaining({ rule: 'law-caps', verdict: 'defer' })]),
    });
  }
});
