import { GetQueueUrlCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { tableVariable } from '../infra/names.ts';

/** Every stage has it. */
const A_QUEUE = 'rejected';

/**
 * What code of the module `identity` finds in its environment, for a command that runs beside a stage. Tables follow from the
 * stage; where its queues are has to be asked for.
 */
export const stageEnvironment = async (sqs: SQSClient, stage: string): Promise<Record<string, string>> => {
  const tables = { platform: 'platform', identity: 'identity', access: 'identity' };
  const asked = new GetQueueUrlCommand({ QueueName: `${stage}-rotadesk-${A_QUEUE}` });
  const { QueueUrl = '' } = await sqs.send(asked);
  return {
    STAGE: stage,
    LOG_LEVEL: 'WARN',
    QUEUE_BASE: QueueUrl.slice(0, -A_QUEUE.length),
    ...Object.fromEntries(
      Object.entries(tables).map(([name, kept]) => [tableVariable(name), `${stage}-rotadesk-${kept}`]),
    ),
  };
};
