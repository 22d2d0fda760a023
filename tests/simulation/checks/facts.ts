import type { Plain } from '../engine/store/store.ts';
import {
  type Executor,
  newQueued,
  orphanedQueued,
  presenceChanged,
  type Ticket,
  ticketAccepted,
  ticketClosed,
  ticketReleased,
  ticketUrgencySet,
  urgentQueued,
} from '../product.ts';
import type { Commit, Told } from './model.ts';

/** A fact of the journal as far as a change tells it. */
interface ExpectedFact {
  readonly journal: string;
  readonly type: string;
  /** Of the ticket or executor. */
  readonly id: string;
  /** What its data must say besides. */
  readonly says: Plain;
}

interface WrittenFact {
  readonly journal: string;
  readonly type: string;
  readonly data: Plain;
}

const QUEUED = { orphaned: orphanedQueued.name, urgent: urgentQueued.name, new: newQueued.name };
const HOLDING: readonly string[] = ['assigned', 'accepted'];

/** Only the mark that managers were told: the ticket waits as it waited. */
const isAlertAlone = (before: Ticket | undefined, after: Ticket): boolean =>
  before?.state === 'waiting' && before.overdueAt !== after.overdueAt && after.overdueAt !== undefined;

const ticketTypes = (before: Ticket | undefined, after: Ticket): readonly [string, Plain][] => {
  const found: [string, Plain][] = [];
  const left = before && HOLDING.includes(before.state) && before.executorId !== after.executorId;
  const letGo = before && HOLDING.includes(before.state) && !HOLDING.includes(after.state);
  const moved = before !== undefined && before.deskId !== after.deskId;
  if (after.state === 'accepted' && before?.state !== 'accepted')
    found.push([ticketAccepted.name, { executorId: after.executorId }]);
  if (before && before.urgent !== after.urgent && after.state !== 'waiting')
    found.push([ticketUrgencySet.name, { urgent: after.urgent }]);
  if (after.state === 'closed') found.push([ticketClosed.name, { state: 'closed' }]);
  else if (left || letGo || moved) found.push([ticketReleased.name, { state: after.state }]);
  if (after.state === 'waiting' && after.line && !isAlertAlone(before, after))
    found.push([
      QUEUED[after.line],
      { orderedAt: after.orderedAt, waitingSince: after.waitingSince, urgent: after.urgent },
    ]);
  return found;
};

const ofTicket = ({ before, after }: Told<Ticket>): ExpectedFact[] => {
  if (!after || before?.version === after.version) return [];
  return ticketTypes(before, after).flatMap(([type, says]) => {
    const both = type === ticketReleased.name || type === ticketClosed.name;
    const journals = new Set([after.deskId, ...(both && before ? [before.deskId] : [])]);
    return [...journals].map((journal) => ({ journal, type, id: after.id, says }));
  });
};

const ofExecutor = ({ before, after }: Told<Executor>): ExpectedFact[] => {
  if (!after || (before?.presence === after.presence && before.homeDeskId === after.homeDeskId)) return [];
  const journals = new Set([after.homeDeskId, before?.homeDeskId ?? after.homeDeskId]);
  const says = { to: after.presence, rank: after.rank };
  return [...journals].map((journal) => ({
    journal,
    type: presenceChanged.name,
    id: after.id,
    says,
  }));
};

/** What a replay must know of a change, told by the change itself. */
export const expectedFacts = (commit: Commit): ExpectedFact[] => [
  ...commit.tickets.flatMap(ofTicket),
  ...commit.executors.flatMap(ofExecutor),
];

/** What a request wrote into journals beside its changes. */
export const writtenFacts = ({ changes }: Commit): WrittenFact[] =>
  changes.flatMap(({ pk, before, after }) => {
    const [kind, journal = ''] = pk.split('#');
    if (kind !== 'JOURNAL' || before || !after?.facts) return [];
    return (after.facts as { type: string; data: Plain }[]).map((fact) => ({ journal, ...fact }));
  });

export const saysSo = ({ journal, type, data }: WrittenFact, expected: ExpectedFact): boolean =>
  journal === expected.journal &&
  type === expected.type &&
  (data.ticketId ?? data.executorId) === expected.id &&
  Object.entries(expected.says).every(([name, value]) => data[name] === value);
