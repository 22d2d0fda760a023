import { alarm, TOPIC_ID } from './alarm.ts';
import type { Product } from './declaration.ts';
import { FAILURES_METRIC, failuresNamespace } from './failures.ts';
import { type Resource, type Resources, ref } from './names.ts';

/** A handler that answers 500 has not failed in Lambda's eyes: the gateway counts those. */
const apiAlarm = (): Resource =>
  alarm({
    description: 'The HTTP API answered with a 5xx.',
    namespace: 'AWS/ApiGateway',
    metric: '5xx',
    statistic: 'Sum',
    dimensions: { ApiId: ref('HttpApi') },
    periodSec: 300,
    threshold: 1,
  });

const failuresAlarm = (product: Product): Resource =>
  alarm({
    description: 'A function ended with an exception, or ran out of time or memory.',
    namespace: failuresNamespace(product),
    metric: FAILURES_METRIC,
    statistic: 'Sum',
    dimensions: {},
    periodSec: 300,
    threshold: 1,
  });

/** The account's concurrency is one pool for all its functions, whatever they belong to: so is this figure. */
const throttlesAlarm = (): Resource =>
  alarm({
    description: 'Lambda held functions of this account and region back: its concurrency is used up.',
    namespace: 'AWS/Lambda',
    metric: 'Throttles',
    statistic: 'Sum',
    dimensions: {},
    periodSec: 300,
    threshold: 1,
  });

const topic = (product: Product): Resource => ({
  Type: 'AWS::SNS::Topic',
  Properties: {
    TopicName: `${product.stage}-${product.service}-alarms`,
    ...(product.settings.alarmEmail && {
      Subscription: [{ Protocol: 'email', Endpoint: product.settings.alarmEmail }],
    }),
  },
});

/** What there is once for all modules: whom alarms tell, and what their functions and the gateway raise together. */
export const sharedAlarms = (product: Product): Resources => ({
  [TOPIC_ID]: topic(product),
  HttpApiServerErrorAlarm: apiAlarm(),
  FunctionFailuresAlarm: failuresAlarm(product),
  FunctionThrottlesAlarm: throttlesAlarm(),
});
