import type { Outcome } from '../engine/invocation.ts';
import type { QueuePlan } from '../engine/topology.ts';
import type { Answered, Asked, Watcher, World } from '../engine/world.ts';

/** Contention that outlasts all tries is told as this; the message or the caller comes again. */
const BUSY = 503;

/** A handler fails only when something went wrong around it. */
export class FailuresCheck implements Watcher {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
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
    if (status < 500 || status === BUSY || invocation.faults.some((kind) => kind !== 'clock-skew')) return;
    this.#world.report('failures', `#${invocation.number} ${request} answered ${status}`);
  }
}
