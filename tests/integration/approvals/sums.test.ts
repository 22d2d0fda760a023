/** Sums below which one user is enough, by a kind of change that stands in no module yet: credits of 50.00, 200.00 and 300.00. */
import { byTwo, type Outcome } from '../../../lib/platform/approvals/by-two.ts';
import { approveProposal } from '../../../lib/platform/approvals/decide-proposal.ts';
import {
  type Approved,
  approvalKind,
  defineApprovals,
  permitted,
  type RequestPermit,
} from '../../../lib/platform/approvals/define-approvals.ts';
import type { Actor } from '../../../lib/platform/audit.ts';
import type { Runtime } from '../../../lib/platform/runtime.ts';
import { commit } from '../../../lib/platform/storage/commit.ts';
import { itemsOf } from '../../../lib/platform/storage/items.ts';
import { untilCommitted } from '../../../lib/platform/storage/until-committed.ts';
import { account } from '../../support/approvals.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';

const DAY_MS = 24 * 3600 * 1000;
const items = itemsOf('sms');

interface Credit {
  readonly to: string;
  readonly minor: number;
  readonly currency: string;
}

const give = (rt: Runtime, credit: Credit, permit: RequestPermit): Promise<void> =>
  untilCommitted(rt, async () => {
    const { writes, events } = permitted(await permit());
    const entry = items.putNew(rt, { pk: 'CREDITS', sk: rt.ids.next('key'), minor: credit.minor });
    await commit(rt, { writes: [entry, ...writes], events });
  });

const credits = defineApprovals({
  table: 'sms',
  area: 'credits',
  kinds: {
    'credit.given': approvalKind({
      apply: (rt, inputs: Credit, { permit }: Approved) => give(rt, inputs, permit),
      sums: {
        of: ({ to, minor, currency }) => ({ beneficiaryId: to, amountMinor: minor, currency }),
        limits: async () => ({
          currency: 'EUR',
          entryMinor: 50_00,
          makerDayMinor: 200_00,
          beneficiaryMonthMinor: 300_00,
        }),
      },
    }),
  },
});

let aws: TestAws;
let rt: TestRuntime;
let ada: Actor;
let bob: Actor;

beforeEach(async () => {
  aws = await startAws();
  rt = await testRuntime(aws);
  const actor = async (): Promise<Actor> => ({
    caller: { id: (await account(rt, 'admin')).id, roles: ['admin'] },
    origin: { ip: '192.0.2.1', requestId: 'req_sums' },
  });
  [ada, bob] = [await actor(), await actor()];
});
afterEach(() => aws.stop());

const credit = (by: Actor, to: string, minor: number, currency = 'EUR'): Promise<Outcome<void>> => {
  const inputs = { to, minor, currency };
  const request = { kind: 'credit.given', subject: `account/${to}`, inputs, ...by };
  return byTwo(rt, credits, request, (permit) => give(rt, inputs, permit));
};
const kinds = (outcomes: readonly Outcome<void>[]) => outcomes.map(({ kind }) => kind);
const given = async (): Promise<number[]> =>
  (await items.page(rt, { pk: 'CREDITS', limit: 500 })).items.map(({ minor }) => Number(minor));
const total = async (): Promise<number> => (await given()).reduce((sum, minor) => sum + minor, 0);

test('R-AUTH-08 an entry up to its limit is one user’s; one above it, in another currency or of less than nothing is not', async () => {
  expect((await credit(ada, 'a', 50_00)).kind).toBe('done');
  expect((await credit(ada, 'b', 50_01)).kind).toBe('proposed');
  expect((await credit(ada, 'b', 1, 'USD')).kind).toBe('proposed');
  await expect(credit(ada, 'b', -50_00)).rejects.toThrow(RangeError);
  await expect(credit(ada, 'b', 0)).rejects.toThrow(RangeError);
  expect(await given()).toEqual([50_00]);
});

test('R-AUTH-08 many small ones by one maker add up over all whom they are for: the 21st of 9.99 in a day waits, the next day begins anew', async () => {
  for (let n = 0; n < 20; n += 1) expect((await credit(ada, `acc_${n}`, 9_99)).kind).toBe('done');
  expect((await credit(ada, 'acc_20', 9_99)).kind).toBe('proposed');
  expect((await credit(bob, 'acc_20', 9_99)).kind).toBe('done');
  rt.clock.move(DAY_MS);
  expect((await credit(ada, 'acc_21', 9_99)).kind).toBe('done');
});

test('R-AUTH-08 many small ones to one account add up over all who make them: the 31st of 9.99 in a month waits', async () => {
  for (let n = 0; n < 15; n += 1) expect((await credit(ada, 'friend', 9_99)).kind).toBe('done');
  rt.clock.move(DAY_MS);
  for (let n = 0; n < 15; n += 1) expect((await credit(bob, 'friend', 9_99)).kind).toBe('done');
  rt.clock.move(DAY_MS);
  expect((await credit(ada, 'friend', 9_99)).kind).toBe('proposed');
  expect((await credit(ada, 'other', 9_99)).kind).toBe('done');
  rt.clock.move(31 * DAY_MS);
  expect((await credit(ada, 'friend', 9_99)).kind).toBe('done');
});

test('R-AUTH-08 of many at once exactly as many are given as stay within the limit', async () => {
  const all = await Promise.all(Array.from({ length: 12 }, (_, n) => credit(ada, `acc_${n}`, 40_00)));
  expect(kinds(all).filter((kind) => kind === 'done')).toHaveLength(5);
  expect(await total()).toBe(200_00);
});

test('R-AUTH-08 what another approved is given once, beyond the limits, and leaves the room of one user as it was', async () => {
  expect((await credit(ada, 'a', 50_00)).kind).toBe('done');
  const asked = await credit(ada, 'a', 500_00);
  if (asked.kind !== 'proposed') throw new Error('it was given');
  const { proposalId, digest } = asked.proposal;
  const approve = (by: Actor) => approveProposal(rt, credits, { proposalId, digest, ...by });
  await expect(approve(ada)).rejects.toMatchObject({ code: 'own-case' });
  const states = await Promise.all([approve(bob), approve(bob)]);
  expect(states.map(({ state }) => state)).toEqual(['approved', 'approved']);
  expect((await given()).toSorted((a, b) => a - b)).toEqual([50_00, 500_00]);
  for (let n = 0; n < 3; n += 1) expect((await credit(ada, 'a', 50_00)).kind).toBe('done');
  expect((await credit(ada, 'b', 1)).kind).toBe('proposed');
});

test('R-AUTH-08 nobody gives to themselves, and nobody approves what is given to them', async () => {
  await expect(credit(ada, ada.caller.id, 1_00)).rejects.toMatchObject({ code: 'own-case' });
  const asked = await credit(ada, bob.caller.id, 60_00);
  if (asked.kind !== 'proposed') throw new Error('it was given');
  const { proposalId, digest } = asked.proposal;
  const approving = approveProposal(rt, credits, { proposalId, digest, ...bob });
  await expect(approving).rejects.toMatchObject({ code: 'own-case' });
  expect(await given()).toEqual([]);
});
