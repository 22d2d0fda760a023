import { testRuntime } from '../../support/aws/index.ts';
import { addDeafProvider, addEntity, type SmsWorld, smsWorld } from '../../support/sms.ts';
import { userOn } from '../../support/staff.ts';

let world: SmsWorld;
let second: string;

beforeEach(async () => {
  world = await smsWorld();
  second = await addDeafProvider(world.rt, world.admin);
});

const OWN = '/v1/legal-entities/own';
const link = (id: string) => world.admin.call(`PUT ${OWN}/providers/${id}`, { body: {} });
const unlink = (id: string, admin = world.admin) => admin.call(`DELETE ${OWN}/providers/${id}`);
const disable = (id: string, admin = world.admin) => admin.call(`POST /v1/sms-providers/${id}/disable`);
const edit = async (id: string, body: object) => {
  const { headers } = await world.admin.call(`GET /v1/sms-providers/${id}`);
  return world.admin.call(`PATCH /v1/sms-providers/${id}`, { ifMatch: headers.etag, body });
};

const LAST = [409, 'own-needs-provider'];
const outcome = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

test('R-SMS-05 the own entity cannot be deactivated, by an admin either', async () => {
  const answer = await world.admin.call(`POST ${OWN}/deactivate`, { body: {} });
  expect(outcome(answer)).toEqual([409, 'own-stays-active']);
});

test('R-SMS-05 other entities are the managers’, the own one the admins’', async () => {
  const entityId = await addEntity(world);
  const off = (who: SmsWorld['admin'], id: string) =>
    who.call(`POST /v1/legal-entities/${id}/deactivate`, { body: {} });
  expect(outcome(await off(world.admin, entityId))).toEqual([403, 'entity-of-managers']);
  expect(outcome(await off(world.manager, 'own'))).toEqual([403, 'own-entity-of-admins']);
  expect((await off(world.manager, entityId)).status).toBe(200);
});

test('R-SMS-05 without a list of its own, the last provider in use cannot be disabled', async () => {
  expect((await disable(world.providerId)).status).toBe(200);
  expect(outcome(await disable(second))).toEqual(LAST);
  expect(outcome(await edit(second, { disabled: true }))).toEqual(LAST);
});

test('R-SMS-05 with a list, its last provider in use stays: not disabled, not edited off, not taken away', async () => {
  await link(second);
  expect(outcome(await disable(second))).toEqual(LAST);
  expect(outcome(await edit(second, { disabled: true }))).toEqual(LAST);
  expect(outcome(await unlink(second))).toEqual(LAST);
  expect((await disable(world.providerId)).status).toBe(200);
  await link(world.providerId);
  expect(outcome(await unlink(second))).toEqual(LAST);
});

test('R-SMS-05 a list does not begin with a provider out of use, nor is it emptied', async () => {
  await disable(second);
  expect(outcome(await link(second))).toEqual(LAST);
  await link(world.providerId);
  expect(outcome(await unlink(world.providerId))).toEqual(LAST);
});

/** Rounds of two admins at once, each taking one of the last two. */
const rounds = 8;

test.each([
  ['disables one each', disable, disable],
  ['takes one away each', unlink, unlink],
  ['disables one, takes the other away', disable, unlink],
] as const)('R-SMS-05 in a race one of two wins, and a provider is left: %s', async (_, first, other) => {
  const elsewhere = userOn(await testRuntime(world.aws, { clock: world.rt.clock }), world.admin, 'admin');
  const ids = [world.providerId, second] as const;
  for (let round = 0; round < rounds; round += 1) {
    for (const id of ids) {
      await edit(id, { disabled: false });
      await link(id);
    }
    const answers = await Promise.all([first(ids[0]), other(ids[1], elsewhere)]);
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('own-needs-provider');
  }
});
