import { codeRequested } from '../../../lib/sms/events.ts';
import { startAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { type Fault, injectFaults, noAnswer, transactionConflict } from '../../support/faults.ts';
import {
  askForCode,
  codeOf,
  listenToCommits,
  refresh,
  somePhone,
  tryCode,
  wrongCode,
} from '../../support/identity.ts';
import { ofType } from '../../support/staff.ts';

let rt: TestRuntime;
let troubles: number;

/** A third of all transactions meet a conflict, a tenth lose their answer after they were carried out. */
const troubled = (): Fault => {
  const chance = rt.ids.random();
  if (chance >= 0.43) return { kind: 'none' };
  troubles += 1;
  return chance < 0.33
    ? { kind: 'instead', error: transactionConflict() }
    : { kind: 'after', error: noAnswer() };
};

beforeEach(async () => {
  rt = await testRuntime(await startAws());
  await askForCode(rt, somePhone(), '192.0.2.200'); // the first signing key and whatever else is made once
  troubles = 0;
  injectFaults(rt.dynamo, (command) => (/^TransactWrite/.test(command) ? troubled() : { kind: 'none' }));
});

const count = (answers: readonly { status: number }[], status: number) =>
  answers.filter((answer) => answer.status === status).length;

test('R-AUTH-01 limits hold among conflicts and lost answers, and nobody gets a 5xx', async () => {
  const received = listenToCommits(rt);
  const phone = somePhone();
  const onePhone = Array.from({ length: 10 }, (_, n) => askForCode(rt, phone, `198.51.100.${n}`));
  const oneAddress = Array.from({ length: 26 }, () => askForCode(rt, somePhone(), '192.0.2.1'));
  const answers = await Promise.all([...onePhone, ...oneAddress]);
  expect(answers.filter(({ status }) => status !== 202 && status !== 429)).toEqual([]);
  const sent = ofType(received, codeRequested);
  expect(sent.filter(({ data }) => data.phone === phone)).toHaveLength(1);
  expect(sent).toHaveLength(21);
  // An answer may be lost for good: then the code was sent, and its requester is told to wait for it. Who asks for the same
  // phone from another address joins.
  const [toPhone, fromAddress] = [answers.slice(0, 10), answers.slice(10)];
  expect(count(fromAddress, 202)).toBeLessThanOrEqual(20);
  expect(new Set(toPhone.map(({ body }) => body.challengeId ?? body.code)).size).toBeGreaterThan(1);
  expect(troubles).toBeGreaterThan(10);
});

test('R-AUTH-01 R-AUTH-02 a challenge lets one in, and a session has one line of tokens, among conflicts and lost answers', async () => {
  const { challengeId } = (await askForCode(rt, somePhone(), '192.0.2.2')).body;
  const code = await codeOf(rt, challengeId);
  const guesses = [code, code, code, await wrongCode(rt, challengeId), code, code, code];
  const answers = await Promise.all(guesses.map((guess) => tryCode(rt, challengeId, guess)));
  expect([count(answers, 200), count(answers, 401)]).toEqual([1, 6]);
  let token = answers.find(({ status }) => status === 200)?.body.refreshToken;
  for (let round = 0; round < 5; round += 1) {
    const refreshed = await Promise.all([refresh(rt, token), refresh(rt, token), refresh(rt, token)]);
    expect(refreshed.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(refreshed.map(({ body }) => body.refreshToken)).size).toBe(1);
    token = refreshed[0]?.body.refreshToken;
  }
});
