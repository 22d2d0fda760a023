/**
 * AWS for integration tests. One pair of stand-ins serves a whole jest run (see global-setup.ts), or any other
 * endpoint given as ROTADESK_TEST_ENDPOINT (LocalStack, MiniStack); each test file has tables and queues of its own, made
 * when they are first used.
 *
 *   const aws = await startAws();                 // beforeAll or beforeEach; costs next to nothing
 *   const rt = await testRuntime(aws);            // beforeEach; a clock that stands, ids that rise, a signing key
 *   const token = await rt.token({ id: 'usr_…', roles: ['client'] });
 *   const answer = await call(rt, 'POST /v1/messages', { token, body: { text: 'Hi' }, key: 'k1' });
 *   await drain(rt);                              // all queue handlers run, in process, until nothing is left
 *   await drain(rt, { advanceMs: 30_000 });       // moves the clock; delayed messages are delivered when due
 *   await tick(rt, 'functions/desk/dispatch-tick.schedule');
 *   await aws.stop();                             // afterAll
 */
import { readFileSync } from 'node:fs';
import type { Template } from '../../../localstack/cloudformation.ts';
import { type AwsEndpoint, environmentsOf } from '../../../localstack/provision.ts';
import { type QueueTrigger, queueTriggers } from '../../../localstack/triggers.ts';
import { type HttpRoute, httpRoutes } from './http-routes.ts';
import { type LazyResources, lazyResources } from './lazy-resources.ts';
import type { StirredQueues } from './stirred-queues.ts';

export interface TestAws extends AwsEndpoint, LazyResources {
  /** The functions' environments as one: names mean the same in all of them. */
  readonly env: Readonly<Record<string, string>>;
  readonly triggers: readonly QueueTrigger[];
  /** Of all runtimes of this AWS. */
  readonly stirred: StirredQueues;
  readonly routes: readonly HttpRoute[];
  stop(): Promise<void>;
}

const REGION = 'eu-central-1';
const TEMPLATE_STAGE = 'local';
let files = 0;

/** Short, because names are limited; unique over workers, files and runs. */
const freshStage = (): string =>
  `t${process.pid.toString(36)}${(files++).toString(36)}${Date.now().toString(36)}`;

/** A store removes what has expired by its own clock, and the tests' clock stands months before it. */
const keepingWhatExpires = ({ Resources, ...rest }: Template): Template => ({
  ...rest,
  Resources: Object.fromEntries(
    Object.entries(Resources).map(
      ([id, { Properties: { TimeToLiveSpecification, ...others } = {}, ...resource }]) => [
        id,
        { ...resource, Properties: others },
      ],
    ),
  ),
});

export async function startAws(): Promise<TestAws> {
  const { ROTADESK_TEST_AWS: url, ROTADESK_TEST_TEMPLATE: file } = process.env;
  if (!url || !file) throw new Error('run through jest: the project needs tests/support/aws/global-setup.ts');
  const template = keepingWhatExpires(JSON.parse(readFileSync(file, 'utf8')) as Template);
  const stage = freshStage();
  const rename = (name: string) => name.replace(new RegExp(`(^|-)${TEMPLATE_STAGE}(?=-|$)`), `$1${stage}`);
  const endpoint = { url, region: REGION };
  const resources = lazyResources(template, endpoint, rename);
  return {
    ...endpoint,
    ...resources,
    env: Object.assign({}, ...Object.values(environmentsOf(template, resources.ids, REGION))),
    triggers: queueTriggers(template),
    stirred: new Set(),
    routes: httpRoutes(template),
    // The stand-ins are in memory and end with the run; names are never used twice.
    stop: async () => {},
  };
}
