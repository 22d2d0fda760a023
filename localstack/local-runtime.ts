/** A runtime for code of the module identity that runs beside the functions, on the same stand-ins. */
import { createDocumentClient, createRuntime } from '../lib/platform/open-runtime.ts';
import type { Runtime } from '../lib/platform/runtime.ts';
import { stageEnvironment } from '../scripts/stage-environment.ts';
import { awsClients } from './provision.ts';

const REGION = 'eu-central-1';

/**
 * @param aws address of the stand-ins.
 * @param also settings beyond those that a command beside any stage has.
 */
export async function withLocalRuntime<T>(
  aws: string,
  also: Readonly<Record<string, string>>,
  work: (rt: Runtime) => Promise<T>,
): Promise<T> {
  const clients = awsClients({ url: aws, region: REGION });
  try {
    const env = { ...(await stageEnvironment(clients.sqs, 'local')), AWS_ENDPOINT_URL: aws, ...also };
    const { dynamo, sqs } = clients;
    return await work({ ...createRuntime(env), dynamo: createDocumentClient(dynamo), sqs });
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}
