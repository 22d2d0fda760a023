import { type Actor, audited } from '../audit.ts';
import type { Caller } from '../caller.ts';
import { type Instant, instant, plusSeconds } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import { commit } from '../storage/commit.ts';
import type { Idempotency } from '../storage/idempotency.ts';
import { adminsUnchanged, findAdmins } from './admins.ts';
import { type Approvals, kindOf, type Permit, type RequestPermit } from './define-approvals.ts';
import { actedAlone, proposed } from './events.ts';
import type { Proposal } from './model.ts';
import { canonical, digestOf, isAlone, OPEN_SEC, stateAt } from './proposal-states.ts';
import { type ProposalView, toProposalView } from './proposal-view.ts';
import { recentProposals } from './recent-proposals.ts';
import { countedAlone } from './sums.ts';

/** Somebody else of the role must approve. Never leaves the platform: `byTwo` makes a proposal of it. */
class AnotherNeeded extends Error {}

/** A requested change. */
export interface ChangeRequest<Inputs extends object> extends Actor {
  readonly kind: string;
  readonly subject: string;
  readonly inputs: Inputs;
  readonly reason?: string | undefined;
  /** Whom it is about. */
  readonly parties?: readonly string[];
  /** Of a creating request: a repeat gets the same proposal. */
  readonly idempotency?: Idempotency | undefined;
}

export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'proposed'; readonly proposal: ProposalView };

/** What one user gives by this request; nothing where it gives no money. */
const givenAlone = async <Inputs extends object>(
  rt: Runtime,
  approvals: Approvals,
  { caller, kind, inputs }: ChangeRequest<Inputs>,
): ReturnType<typeof countedAlone> => {
  const { sums } = kindOf(approvals, kind);
  if (!sums) return { within: false, writes: [] };
  const limits = await sums.limits(rt);
  return countedAlone(rt, approvals.table, { sum: sums.of(inputs), makerId: caller.id, limits });
};

/**
 * The permit of one user: within the sums that one may give, or alone in the role, while nobody joins them. Either way it is
 * counted as given by one.
 */
const ofOneUser = async <Inputs extends object>(
  rt: Runtime,
  approvals: Approvals,
  request: ChangeRequest<Inputs>,
): Promise<Permit> => {
  const { caller, kind, subject } = request;
  const holders = await findAdmins(rt);
  const { within, writes } = await givenAlone(rt, approvals, request);
  const held = { holders, holdersUnchanged: adminsUnchanged(rt, holders), writes };
  if (within) return { ...held, events: [] };
  if (!isAlone(holders, caller.id, instant(rt.clock.nowMs()))) throw new AnotherNeeded();
  const fact = { kind, subject, byId: caller.id, role: 'admin' as const };
  return { ...held, events: [actedAlone.draft(fact)] };
};

const proposalOf = async <Inputs extends object>(
  rt: Runtime,
  { kind, subject, inputs, reason, parties = [], caller }: ChangeRequest<Inputs>,
  now: Instant,
): Promise<Proposal> => {
  const said = { kind, subject, inputs: canonical(inputs) };
  const { ids } = await findAdmins(rt);
  return {
    ...said,
    id: rt.ids.next('prp'),
    role: 'admin',
    digest: digestOf(said),
    ...(reason !== undefined && { reason }),
    proposerId: caller.id,
    proposerHeld: ids.includes(caller.id),
    parties: [...parties],
    proposedAt: now,
    expiresAt: plusSeconds(now, OPEN_SEC),
    state: 'proposed',
    version: 1,
  };
};

const propose = async <Inputs extends object>(
  rt: Runtime,
  approvals: Approvals,
  request: ChangeRequest<Inputs>,
): Promise<ProposalView> => {
  const now = instant(rt.clock.nowMs());
  const proposal = await proposalOf(rt, request, now);
  const { items } = await recentProposals(rt, approvals, proposal.proposerId);
  const same = items.find((each) => each.digest === proposal.digest && stateAt(each, now) === 'proposed');
  // Asked again, the one that waits is the answer.
  if (same && !request.idempotency) return toProposalView(rt, approvals, same);
  const body = toProposalView(rt, approvals, proposal);
  const { id, kind, subject, proposerId, role, expiresAt, digest, reason } = proposal;
  await commit(rt, {
    writes: approvals.proposals.newWrites(rt, proposal),
    events: [
      audited(rt, request, {
        action: 'proposal.made',
        subject: `proposal/${id}`,
        details: { kind, subject, digest, expiresAt, reason },
      }),
      proposed.draft({ kind, subject, byId: proposerId, role, proposalId: id, expiresAt }),
    ],
    ...(request.idempotency && {
      answer: { idempotency: request.idempotency, stored: { status: 202, body, etag: '1' } },
    }),
  });
  return body;
};

/**
 * Makes a change that two persons make (R-AUTH-08): at once where nobody else is of the role, and then all managers are notified; else
 * it is proposed, with exactly these inputs. `act` checks everything first and requests its permit last, so that what is proposed
 * could be done at that moment. What gives money within the limits of its kind is done at once, and counted. Throws what `act` throws,
 * and `own-case` (403) for who would be given it.
 */
export const byTwo = async <Inputs extends object, T>(
  rt: Runtime,
  approvals: Approvals,
  asked: ChangeRequest<Inputs>,
  act: (permit: RequestPermit) => Promise<T>,
): Promise<Outcome<T>> => {
  const request = concerningBeneficiary(approvals, asked);
  try {
    return { kind: 'done', value: await act(() => ofOneUser(rt, approvals, request)) };
  } catch (error) {
    if (!(error instanceof AnotherNeeded)) throw error;
    return { kind: 'proposed', proposal: await propose(rt, approvals, request) };
  }
};

/** Whoever is given money is a party to it: they neither propose it nor decide on it. */
const concerningBeneficiary = <Inputs extends object>(
  approvals: Approvals,
  request: ChangeRequest<Inputs>,
): ChangeRequest<Inputs> => {
  const { sums } = kindOf(approvals, request.kind);
  if (!sums) return request;
  const { beneficiaryId } = sums.of(request.inputs);
  refuseOwnCase(request.caller, [beneficiaryId], 'Nobody gives anything to themselves: another does.');
  return { ...request, parties: [...(request.parties ?? []), beneficiaryId] };
};

/** Nobody acts as staff on what they are a party to. Throws `own-case` (403). */
export const refuseOwnCase = (
  { id }: Pick<Caller, 'id'>,
  parties: readonly string[],
  message: string,
): void => {
  if (parties.includes(id)) throw new AppError('forbidden', 'own-case', message);
};
