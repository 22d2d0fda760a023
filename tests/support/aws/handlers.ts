import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Context } from 'aws-lambda';
import { projectRoot } from '../../../localstack/places.ts';
import type { TestRuntime } from './test-runtime.ts';

export type Handler = (event: unknown, context: Context) => Promise<unknown>;

/**
 * The source file of a handler. Bundles have dashes where sources have dots, as Lambda splits names at the first dot.
 */
function sourceFile(stem: string): string {
  const folder = join(projectRoot, dirname(stem));
  const name = basename(stem);
  const file = readdirSync(folder).find(
    (each) => each.endsWith('.ts') && dashed(each.slice(0, -3)) === dashed(name),
  );
  if (!file) throw new Error(`no source for the handler ${stem}`);
  return join(folder, file);
}

const dashed = (name: string): string => name.replaceAll('.', '-');

/** @param path as in serverless: `functions/desk/open-ticket.queue.handler`, or as packaged: `…/open-ticket-queue.handler`. */
export async function loadHandler(path: string): Promise<Handler> {
  const dot = path.lastIndexOf('.');
  const module = (await import(sourceFile(path.slice(0, dot)))) as Record<string, Handler>;
  const handler = module[path.slice(dot + 1)];
  if (!handler) throw new Error(`${path} exports no such handler`);
  return handler;
}

interface ContextOf extends Pick<TestRuntime, 'ids'> {
  readonly aws: Pick<TestRuntime['aws'], 'region'>;
}

/** Unlike a Lambda's, a thousand requests of a test share one process, and that its processor: none is cut short. */
const REMAINING_MS = 300_000;

export function testContext(rt: ContextOf, name: string): Context {
  return {
    awsRequestId: rt.ids.next('req'),
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${rt.aws.region}:000000000000:function:${name}`,
    memoryLimitInMB: '256',
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: 'test',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => REMAINING_MS,
    done() {},
    fail() {},
    succeed() {},
  };
}
