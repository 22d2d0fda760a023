import { randomInt } from 'node:crypto';
import type { DomainEvent } from '../../lib/platform/events/event.ts';
import { deriveCode } from '../../lib/platform/secrets/index.ts';
import { type Answer, call, type TestRuntime } from './aws/index.ts';
import { newUser } from './staff.ts';

/** A phone of nobody: +7 900 and seven digits that no other test has drawn. */
export const somePhone = (): string => `+7900${String(randomInt(10 ** 7)).padStart(7, '0')}`;

/** Asks for a code; `address` is where the request comes from. */
export const askForCode = (
  rt: TestRuntime,
  phone: string,
  address?: string,
  deviceToken?: string,
): Promise<Answer> =>
  call(rt, 'POST /v1/sign-in/challenges', {
    body: { phone, ...(deviceToken && { deviceToken }) },
    ...(address && { address }),
  });

/** An admin changes the settings of sign-in. */
export const changeSettings = async (
  rt: TestRuntime,
  body: object,
  admin = newUser(rt, 'admin'),
): Promise<Answer> => {
  const { headers } = await admin.call('GET /v1/sign-in/settings');
  return admin.call('PATCH /v1/sign-in/settings', { ifMatch: headers.etag ?? '', body });
};

/** The code that the SMS of this challenge shows. */
export const codeOf = (rt: TestRuntime, challengeId: string): Promise<string> => deriveCode(rt, challengeId);

/** Six digits that are not the code; another for every `n`. */
export const wrongCode = async (rt: TestRuntime, challengeId: string, n = 1): Promise<string> =>
  String((Number(await codeOf(rt, challengeId)) + n) % 1_000_000).padStart(6, '0');

export const tryCode = (rt: TestRuntime, challengeId: string, code: string): Promise<Answer> =>
  call(rt, 'POST /v1/sign-in', { body: { challengeId, code } });

/** Signs in by phone from an address of its own, as far as limits of addresses go. */
export const signInBy = async (rt: TestRuntime, phone: string): Promise<Answer> => {
  const address = `198.51.${randomInt(256)}.${randomInt(256)}`;
  const { status, body } = await askForCode(rt, phone, address);
  if (status !== 202) throw new Error(`no code was sent: ${status} ${JSON.stringify(body)}`);
  return tryCode(rt, body.challengeId, await codeOf(rt, body.challengeId));
};

export const refresh = (rt: TestRuntime, refreshToken: string): Promise<Answer> =>
  call(rt, 'POST /v1/sign-in/refresh', { body: { refreshToken } });

/** Facts that commits state from now on, sent to queues or not. */
export const listenToCommits = (rt: TestRuntime): DomainEvent[] => {
  const received: DomainEvent[] = [];
  rt.dynamo.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      const { TransactItems = [] } = args.input as {
        TransactItems?: { Put?: { Item?: { events?: unknown } } }[];
      };
      for (const { Put } of TransactItems) {
        if (typeof Put?.Item?.events === 'string')
          received.push(...(JSON.parse(Put.Item.events) as DomainEvent[]));
      }
      return answer;
    },
    { step: 'initialize', name: 'listenToCommits', priority: 'high' },
  );
  return received;
};
