import type { Role } from '../../lib/platform/caller.ts';
import type { Answer, TestRuntime } from './aws/index.ts';
import { somePhone } from './identity.ts';
import { newUser, type TestUser, userOn } from './staff.ts';

export const approve = async (by: TestUser, proposal: Answer['body']): Promise<Answer> =>
  by.call(`POST /v1/proposals/${proposal.area}/${proposal.proposalId}/approve`, {
    body: { digest: proposal.digest },
  });

/** Id of what an answer made, or of what an approved proposal made. */
export const madeId = ({ status, body }: Answer, name: string): string =>
  status === 202 ? String(body.subject).replace(/^[^/]*\//, '') : body[name];

/** What was proposed is approved by an admin of the deployment's issuer; what was done at once stays as it is. */
export const approved = async (rt: TestRuntime, answer: Answer): Promise<Answer> => {
  if (answer.status !== 202) return answer;
  const done = await approve(newUser(rt, 'admin'), answer.body);
  if (done.status !== 200) throw new Error(`${done.status} ${JSON.stringify(done.body)}`);
  return done;
};

/** Somebody with an account in these roles. */
export const account = async (rt: TestRuntime, ...roles: Role[]): Promise<TestUser> => {
  const body = { phone: somePhone(), name: 'Ada', roles };
  const made = await newUser(rt, 'admin').call('POST /v1/users', { key: rt.ids.next('key'), body });
  await approved(rt, made);
  return userOn(rt, { ...newUser(rt), id: madeId(made, 'userId') }, ...roles);
};
