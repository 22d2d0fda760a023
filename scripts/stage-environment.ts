import { GetQueueUrlCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { queueVariable, tableVariable } from '../infra/names.ts';
import { eventRoutes } from '../lib/platform/events/routes.ts';

/**
 * What code of the module `identity` finds in its environment, for a command that runs beside a stage.
 * @param events their queues are named. Tables follow from the stage; a queue's address has to be asked for.
 */
export const stageEnvironment = async (
  sqs: SQSClient,
  stage: string,
  events: readonly string[],
): Promise<Record<string, string>> => {
  const tables = ['platform', 'identity'].map((name) => [tableVariable(name), `${stage}-rotadesk-${name}`]);
  const routes: Readonly<Record<string, readonly string[]>> = eventRoutes;
  const names = new Set(events.flatMap((type) => routes[type] ?? []));
  const queues = [...names].map(async (name) => {
    const asked = new GetQueueUrlCommand({ QueueName: `${stage}-rotadesk-${name}` });
    return [queueVariable(name), (await sqs.send(asked)).QueueUrl ?? ''];
  });
  return {
    STAGE: stage,
    LOG_LEVEL: 'WARN',
    ...Object.fromEntries([...tables, ...(await Promise.all(queues))]),
  };
};
