import fc from 'fast-check';
import { drain } from '../support/aws/index.ts';
import { operations } from '../support/bad-input/operations.ts';
import { requestCases } from '../support/bad-input/request-cases.ts';
import { parts, RUNS, SEED, tryAll } from '../support/bad-input/try-all.ts';
import { makeWorld } from '../support/bad-input/world.ts';

tryAll(parts.desk);

test(`R-DESK-02 what was accepted amid bad input is brought to a ticket (seed ${SEED})`, async () => {
  const { rt, callers, known } = await makeWorld();
  const operation = operations.find(({ method, path }) => `${method} ${path}` === 'POST /v1/messages');
  if (!operation) throw new Error('messages cannot be posted');
  const accepted: string[] = [];
  for (const { line, options } of fc.sample(requestCases(operation, known), { seed: SEED, numRuns: RUNS })) {
    const { status, body } = await callers.client.call(line, options);
    if (status === 202) accepted.push(body.messageId);
  }
  await drain(rt);
  expect(accepted.length).toBeGreaterThan(RUNS / 20);
  for (const messageId of accepted) {
    const { body } = await callers.client.call(`GET /v1/messages/${messageId}`);
    expect(body).toMatchObject({ messageId, ticketId: expect.stringMatching(/^tkt_/) });
  }
});
