export { type Answer, type CallOptions, call } from './call.ts';
export { type Drained, type DrainOptions, drain, tick } from './drain.ts';
export { ManualClock, risingIds, TEST_EPOCH_MS } from './manual-clock.ts';
export { startAws, type TestAws } from './start-aws.ts';
export { TEST_PUBLIC_URL, type TestRuntime, testRuntime } from './test-runtime.ts';
