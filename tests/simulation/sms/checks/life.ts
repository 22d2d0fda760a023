import type { World } from '../../engine/world.ts';
import type { HandOver } from '../outside/outside.ts';
import type { Sms, SmsState } from '../product.ts';
import type { LeavingCheck } from './leaving.ts';
import type { Move, Register } from './register.ts';

/** How far a state is along the way (R-SMS-02); only failover goes back, from `sending` to `queued`. */
const WAY: Readonly<Record<SmsState, number>> = {
  registered: 0,
  checked: 1,
  deferred: 2,
  queued: 2,
  sending: 3,
  unknown: 4,
  sent: 5,
  delivered: 6,
  ...{ read: 7, denied: 7, failed: 7, expired: 7, rejected: 7, cancelled: 7 },
};

const OVER: ReadonlySet<SmsState> = new Set([
  ...(['denied', 'failed', 'expired', 'rejected', 'cancelled', 'read'] as const),
]);

const MINUTE_MS = 60_000;
const UNRESOLVED_MS = 72 * 60 * MINUTE_MS;

/** Messages go forward only, one version at a time. */
export const checkMoves = (world: World, register: Register): void =>
  register.onMove(({ before, after }: Move) => {
    if (!before) {
      if (after.version !== 1) world.report('life', `${after.id} begins with version ${after.version}`);
      return;
    }
    if (after.version !== before.version + 1)
      world.report('life', `${after.id} goes from version ${before.version} to ${after.version}`);
    const back = WAY[after.state] < WAY[before.state];
    const failover = before.state === 'sending' && after.state === 'queued';
    const wasOver = OVER.has(before.state) && after.state !== before.state;
    if ((back && !failover) || wasOver)
      world.report('life', `${after.id} goes from ${before.state} to ${after.state}`);
    if (after.attempts.length < before.attempts.length)
      world.report('life', `${after.id} forgets an attempt`);
  });

const takenOf = (sms: Sms, { smsOf }: LeavingCheck, handOvers: readonly HandOver[]): HandOver[] =>
  handOvers.filter(({ number, taken }) => taken && smsOf.get(number)?.id === sms.id);

/** Ends that say nothing reached anybody. */
const NOTHING_CAME: ReadonlySet<SmsState> = new Set(['denied', 'cancelled']);

/** What is said of a message is what became of it at the company. */
const checkTruth = (world: World, sms: Sms, taken: readonly HandOver[]): void => {
  const lie = (why: string): void => world.report('truth', `${sms.id} is ${sms.state}, but ${why}`);
  const ends = taken.flatMap(({ end }) => (end ? [end.as] : []));
  const [first] = taken;
  if (NOTHING_CAME.has(sms.state) && first && !ends.includes('cancelled')) lie('a company took it');
  if (sms.state === 'expired' && sms.reason === 'validity' && first) lie('a company took it');
  if (sms.state === 'rejected' && first && !ends.includes('rejected')) lie('a company took it');
  if (sms.state === 'failed' && sms.reason !== 'unresolved' && first && !ends.includes('failed'))
    lie(`it is ${ends.join(', ') || 'under way'} there`);
  if (sms.state === 'delivered' && !ends.some((end) => end === 'delivered' || end === 'read'))
    lie('no company says so');
  if (sms.state === 'read' && !ends.includes('read')) lie('no company says so');
};

/** Why a message that is not over is not waiting either; undefined: all is well. */
const stuckBy = (
  sms: Sms & { readonly dueAt?: string },
  { nowMs, waiting }: { nowMs: number; waiting: string },
): string | undefined => {
  if (sms.state === 'queued') return waiting.includes(sms.id) ? undefined : 'and in no queue';
  if (sms.dueAt === undefined) return 'and nothing is due';
  if (Date.parse(sms.dueAt) < nowMs - 2 * MINUTE_MS) return `and was due at ${sms.dueAt}`;
  const begunMs = Date.parse(sms.attempts.at(-1)?.startedAt ?? sms.stateAt);
  const isSent = sms.state === 'sent' || sms.state === 'unknown';
  return isSent && begunMs + UNRESOLVED_MS < nowMs - 5 * MINUTE_MS ? 'after 72 hours' : undefined;
};

const NEVER_AT_REST: ReadonlySet<SmsState> = new Set(['registered', 'checked', 'sending']);

/** At rest a message is over, or waits for a moment that is written down. */
const checkWaiting = (world: World, sms: Sms, waiting: string): void => {
  if (OVER.has(sms.state) || sms.state === 'delivered') return;
  const nowMs = world.timeline.nowMs();
  const stuck = NEVER_AT_REST.has(sms.state) ? 'for good' : stuckBy(sms, { nowMs, waiting });
  if (stuck) world.report('rest', `${sms.id} is ${sms.state} ${stuck}`);
};

/** To be asked when everything is at rest and the minute's ticks go. */
export const checkLife = (
  world: World,
  register: Register,
  leaving: LeavingCheck,
  handOvers: readonly HandOver[],
): void => {
  const waiting = [...world.queues.values()]
    .flatMap(({ messages }) => messages.map(({ body }) => body))
    .join('\n');
  for (const sms of register.sms.values()) {
    checkTruth(world, sms, takenOf(sms, leaving, handOvers));
    checkWaiting(world, sms, waiting);
  }
};
