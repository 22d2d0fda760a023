export { type Answer, type CallOptions, call } from './call.ts';
export { copyRuntime } from './copy-runtime.ts';
export { drain, tick } from './drain.ts';
export { ManualClock } from './manual-clock.ts';
export { startAws, type TestAws } from './start-aws.ts';
export { type TestRuntime, testRuntime } from './test-runtime.ts';
