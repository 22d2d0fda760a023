import { METRICS_NAMESPACE } from '../lib/platform/log.ts';
import type { ModuleDeclaration, Product } from './declaration.ts';
import { logGroupId, pascal, type Resources, ref } from './names.ts';

/**
 * What Lambda and its Node runtime write into the log of an invocation that ended badly, in the text format: an exception that
 * the handler let through, one that nobody caught, a process that ended, no memory left, no time left. Our own wrappers let
 * nothing through that they can answer or give back to the queue.
 * Source: aws-lambda-nodejs-runtime-interface-client; AWS Lambda, "Working with Lambda function logs".
 */
export const FAILURE_MARKS = [
  'Invoke Error',
  'Uncaught Exception',
  'Unhandled Promise Rejection',
  'Status: error',
  'Status: timeout',
  'Task timed out',
];

export const FAILURES_METRIC = 'FunctionFailures';

/** A filter cannot give its figure a fixed dimension, so the stage stands in the namespace. */
export const failuresNamespace = ({ stage }: Product): string => `${METRICS_NAMESPACE}/${stage}`;

/**
 * One metric for the failures of all functions, which costs nothing while none fails, in place of an alarm for each. Which one it
 * was stands in its log.
 */
export const failureFilters = (product: Product, own: ModuleDeclaration): Resources =>
  Object.fromEntries(
    Object.keys(own.functions).map((name) => [
      `${pascal(name)}FailureFilter`,
      {
        Type: 'AWS::Logs::MetricFilter',
        Properties: {
          LogGroupName: ref(logGroupId(name)),
          FilterPattern: FAILURE_MARKS.map((mark) => `?"${mark}"`).join(' '),
          MetricTransformations: [
            {
              MetricNamespace: failuresNamespace(product),
              MetricName: FAILURES_METRIC,
              MetricValue: '1',
              Unit: 'Count',
            },
          ],
        },
      },
    ]),
  );
