import type { Invocation, Outcome } from '../engine/invocation.ts';
import type { QueuePlan } from '../engine/topology.ts';
import type { Answered, Asked, Watcher, World } from '../engine/world.ts';
import type { FaultKind } from '../faults/fault-plan.ts';

/** Contention that outlasts all tries is told as this; the message or the caller comes again. */
const BUSY = 503;

/** A handler fails only when something went wrong around it. */
export class FailuresCheck implements Watcher {
  readonly #world: World;
  readonly #noExcuse: readonly FaultKind[];

  /** `noExcuse`: kinds that nobody who answers people may fail for. */
  constructor(world: World, noExcuse: readonly FaultKind[] = []) {
    this.#world = world;
    this.#noExcuse = ['clock-skew', ...noExcuse];
  }

  onOutcome(outcome: Outcome, { queue, failed }: { queue?: QueuePlan; failed: boolean }): void {
    const { invocation } = outcome;
    if (!failed || invocation.faults.some((kind) => kind !== 'clock-skew')) return;
    const what = outcome.kind === 'gone' ? outcome.invocation.gone : outcome.kind;
    this.#world.report(
      'failures',
      `${invocation.plan.name} #${invocation.number} on ${queue?.name ?? 'call'}: ${what}`,
    );
  }

  /** An answer of the API. */
  onAnswer({ request }: Asked, { status }: Answered, { invocation }: Outcome): void {
    if (status < 500 || status === BUSY || this.#isExcused(invocation)) return;
    this.#world.report('failures', `#${invocation.number} ${request} answered ${status}`);
  }

  /** A genuine report of another company is taken, or comes again. */
  onReport({ invocation }: Outcome, status: number): void {
    if (status < 400 || (status >= 500 && this.#isExcused(invocation))) return;
    this.#world.report('failures', `#${invocation.number} a report was answered ${status}`);
  }

  #isExcused({ faults }: Invocation): boolean {
    return faults.some((kind) => !this.#noExcuse.includes(kind));
  }
}
