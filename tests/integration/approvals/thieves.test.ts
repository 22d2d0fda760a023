/** Ways to get done alone, or twice, or otherwise than it was looked at, what two persons do. */
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { approveProposal } from '../../../lib/platform/approvals/decide-proposal.ts';
import type { AppError } from '../../../lib/platform/errors.ts';
import { smsApprovals } from '../../../lib/sms/by-two-admins.ts';
import { account, approve } from '../../support/approvals.ts';
import type { Answer } from '../../support/aws/index.ts';
import { addEntity, type SmsWorld, smsWorld } from '../../support/sms.ts';
import { newUser, type TestUser } from '../../support/staff.ts';

const STRICT = { debt: { perDay: 1 } };
const ORIGIN = { ip: '192.0.2.1', requestId: 'req_thief' };

let world: SmsWorld;
let ada: TestUser;
let bob: TestUser;
let cem: TestUser;
let entity: string;
let proposal: Answer['body'];

const edit = async (limits: object): Promise<Answer> => {
  const { headers } = await ada.call(`GET ${entity}`);
  return ada.call(`PATCH ${entity}`, { ifMatch: headers.etag ?? '', body: { limits, reason: 'Peak' } });
};
const outcome = ({ status, body }: Answer) => [status, body.code ?? body.state];
const next = async () => (await cem.call(`GET ${entity}`)).body.next ?? null;

beforeEach(async () => {
  world = await smsWorld();
  const { rt } = world;
  [ada, bob, cem] = [await account(rt, 'admin'), await account(rt, 'admin'), await account(rt, 'admin')];
  entity = `/v1/legal-entities/${await addEntity(world, { limits: STRICT })}`;
  proposal = (await edit({})).body;
});
afterEach(() => world.aws.stop());

/** As by a request whose process had not read yet who lost access. */
const approvesBehindTheGate = async (who: TestUser): Promise<AppError> => {
  const caller = { id: who.id, roles: ['admin' as const] };
  const { proposalId, digest } = proposal;
  const deciding = approveProposal(world.rt, smsApprovals, { proposalId, digest, caller, origin: ORIGIN });
  return deciding.then(
    () => {
      throw new Error('it was approved');
    },
    (error: AppError) => error,
  );
};

test('R-AUTH-08 an approver who was locked meanwhile approves nothing, though their access token still lives', async () => {
  await cem.call(`POST /v1/users/${bob.id}/lock`, { body: { reason: 'phone stolen' } });
  expect((await approvesBehindTheGate(bob)).code).toBe('forbidden');
  expect([(await cem.call(`GET ${entity}`)).body.limits, await next()]).toEqual([STRICT, null]);
  expect(outcome(await approve(cem, proposal))).toEqual([200, 'approved']);
});

test('R-AUTH-08 an approver who loses the role at the same moment has approved before it or not at all', async () => {
  const [lock, done] = await Promise.all([
    cem.call(`POST /v1/users/${bob.id}/lock`, { body: { reason: 'phone stolen' } }),
    approve(bob, proposal),
  ]);
  expect(lock.status).toBe(200);
  expect([await next()].map((one) => one !== null)).toEqual([done.status === 200]);
  expect([200, 401, 403]).toContain(done.status);
});

test('R-AUTH-08 inputs that were changed in the store after they were proposed are not done', async () => {
  await world.rt.dynamo.send(
    new UpdateCommand({
      TableName: world.rt.env.TABLE_SMS,
      Key: { pk: 'PROPOSALS', sk: proposal.proposalId },
      UpdateExpression: 'SET inputs = :thief',
      ExpressionAttributeValues: {
        ':thief': JSON.stringify({ ...proposal.inputs, change: { limits: {}, stopWords: [] } }),
      },
    }),
  );
  expect((await approve(bob, proposal)).status).toBe(500);
  expect(await next()).toBeNull();
});

test('R-AUTH-08 a proposal that was replaced by another is not approved by the digest of the first', async () => {
  const other = (await edit({ debt: { perDay: 2 } })).body;
  expect(outcome(await approve(bob, { ...other, digest: proposal.digest }))).toEqual([409, 'digest-differs']);
  expect(await next()).toBeNull();
});

test('R-AUTH-08 an approval sent again after its change was taken back does nothing again', async () => {
  expect(outcome(await approve(bob, proposal))).toEqual([200, 'approved']);
  const before = (await cem.call(`GET ${entity}`)).body;
  const stricter = await edit(STRICT);
  expect(stricter.status).toBe(200);
  const after = (await cem.call(`GET ${entity}`)).body;
  expect(after.version).toBeGreaterThan(before.version);
  expect(outcome(await approve(bob, proposal))).toEqual([200, 'approved']);
  expect((await cem.call(`GET ${entity}`)).body).toEqual(after);
  expect(outcome(await approve(cem, proposal))).toEqual([409, 'proposal-decided']);
});

test('R-AUTH-08 who proposed it approves it neither in another role nor through a second proposal of the same', async () => {
  const again = (await edit({})).body;
  expect(again.proposalId).toBe(proposal.proposalId);
  expect(outcome(await approve(ada, again))).toEqual([403, 'own-case']);
  expect(outcome(await approve(newUser(world.rt, 'manager'), again))).toEqual([403, 'forbidden']);
  expect(await next()).toBeNull();
});
