/**
 * What of tests/integration says nothing about an endpoint, or what an emulator cannot do, each with its reason. The run
 * prints and counts them; see docs/localstack.md. A path is that of a test file.
 */
export interface LeftOut {
  readonly file: string;
  readonly reason: string;
}

export const LEFT_OUT: readonly LeftOut[] = [
  {
    file: 'tests/integration/localstack/stand-ins.test.ts',
    reason: 'starts and kills our own stand-ins; it would ask nothing of the endpoint',
  },
];
