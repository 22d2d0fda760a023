import type { FaultKind } from '../faults/fault-plan.ts';
import type { Random } from './random.ts';
import type { FunctionPlan } from './topology.ts';

/** One run of a Lambda. */
export interface Invocation {
  readonly number: number;
  readonly plan: FunctionPlan;
  readonly startedMs: number;
  /** How far its machine's clock is off. */
  readonly skewMs: number;
  readonly random: Random;
  /** What went wrong around it: whatever it fails with after that is explained. */
  readonly faults: FaultKind[];
  /** The process has ended, by a crash or its time-out: nothing it still awaits ever comes. */
  gone: 'crashed' | 'timed out' | undefined;
  die(how: 'crashed' | 'timed out'): void;
}

export type Outcome =
  | { readonly kind: 'answered'; readonly value: unknown; readonly invocation: Invocation }
  | { readonly kind: 'threw'; readonly error: unknown; readonly invocation: Invocation }
  | { readonly kind: 'gone'; readonly invocation: Invocation };
