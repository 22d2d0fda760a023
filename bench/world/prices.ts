import type { Tally } from './count-calls.ts';

/** us-east-1, on demand: write and read units of DynamoDB, requests of standard SQS queues; $ per one. */
const PRICE = { writeUnit: 0.625e-6, readUnit: 0.125e-6, sqsRequest: 0.4e-6 };

export const dollarsOf = ({ writeUnits, readUnits, sqs }: Tally): number =>
  writeUnits * PRICE.writeUnit + readUnits * PRICE.readUnit + sqs * PRICE.sqsRequest;
