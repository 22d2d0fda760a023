import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { auditEvent, SYSTEM_ACTOR } from '../../../lib/platform/audit.ts';
import { instant, plusSeconds } from '../../../lib/platform/clock.ts';
import { commit } from '../../../lib/platform/storage/commit.ts';
import { drain, startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';

let aws: TestAws;
beforeEach(async () => {
  aws = await startAws();
});

const fact = (rt: TestRuntime) =>
  auditEvent(rt, { actor: SYSTEM_ACTOR, action: 'drain.tested', subject: 'test/drain' });

const depth = async (rt: TestRuntime, id: string) => {
  const { Attributes } = await rt.sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: aws.ids[id]?.ref,
      AttributeNames: ['ApproximateNumberOfMessages'],
    }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages);
};

test('runs the handlers of what was committed until the queues are empty', async () => {
  const rt = await testRuntime(aws);
  await commit(rt, { writes: [], events: [fact(rt), fact(rt)] });
  await expect(drain(rt)).resolves.toEqual({ handled: 2, failed: [] });
  await expect(drain(rt)).resolves.toEqual({ handled: 0, failed: [] });
});

test('finds what another runtime of the same AWS sent, and what was sent while it worked', async () => {
  const [rt, other] = [await testRuntime(aws), await testRuntime(aws)];
  await commit(other, { writes: [], events: [fact(other)] });
  rt.dynamo.middlewareStack.add(
    (next) => async (args) => {
      rt.dynamo.middlewareStack.remove('once');
      await commit(other, { writes: [], events: [fact(other), fact(other)] });
      return next(args);
    },
    { step: 'initialize', name: 'once' },
  );
  await expect(drain(rt)).resolves.toEqual({ handled: 3, failed: [] });
});

test('delivers delayed messages when the clock has come to them', async () => {
  const rt = await testRuntime(aws);
  const deliverAt = plusSeconds(instant(rt.clock.nowMs()), 60);
  await commit(rt, { writes: [], events: [{ ...fact(rt), deliverAt }] });
  await expect(drain(rt, { advanceMs: 59_000 })).resolves.toMatchObject({ handled: 0 });
  await expect(drain(rt, { advanceMs: 1_000 })).resolves.toMatchObject({ handled: 1 });
});

describe('a handler that fails', () => {
  const broken = () => testRuntime(aws, { env: { TABLE_AUDIT: 'no-such-table' } });

  test('makes drain throw with what failed', async () => {
    const rt = await broken();
    await commit(rt, { writes: [], events: [fact(rt)] });
    await expect(drain(rt)).rejects.toThrow(/1 messages failed, first in functions\/audit\/record-audit/);
  });

  test('gets its message again after the visibility timeout, and the dead-letter queue has it after five times', async () => {
    const rt = await broken();
    await commit(rt, { writes: [], events: [fact(rt)] });
    const { failed } = await drain(rt, { allowFailures: true, advanceMs: 3_600_000 });
    expect(failed).toHaveLength(5);
    expect(await depth(rt, 'AuditDeadLetterQueue')).toBe(1);
  });
});
