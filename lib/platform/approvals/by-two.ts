import { type Actor, audited } from '../audit.ts';
import type { Caller } from '../caller.ts';
import { type Instant, instant, plusSeconds } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import { commit } from '../storage/commit.ts';
import type { Idempotency } from '../storage/idempotency.ts';
import { adminsUnchanged, findAdmins } from './admins.ts';
import type { Approvals, AskPermit, Permit } from './define-approvals.ts';
import { actedAlone, proposed } from './events.ts';
import type { Proposal } from './model.ts';
import { canonical, digestOf, isAlone, OPEN_SEC, stateAt } from './proposal-states.ts';
import { type ProposalView, toProposalView } from './proposal-view.ts';
import { recentProposals } from './recent-proposals.ts';

/** Somebody else of the role must approve. Never leaves the platform: `byTwo` makes a proposal of it. */
class AnotherNeeded extends Error {}

/** What somebody asks to be done. */
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

/** The permit of whoever is alone in the role: it holds while nobody joins them. */
const aloneOr = async <Inputs extends object>(
  rt: Runtime,
  { caller, kind, subject }: ChangeRequest<Inputs>,
): Promise<Permit> => {
  const holders = await findAdmins(rt);
  if (!isAlone(holders, caller.id, instant(rt.clock.nowMs()))) throw new AnotherNeeded();
  const fact = { kind, subject, byId: caller.id, role: 'admin' as const };
  return {
    holders,
    holdersUnchanged: adminsUnchanged(rt, holders),
    writes: [],
    events: [actedAlone.draft(fact)],
  };
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
 * Makes a change that two persons make (R-AUTH-08): at once where nobody else is of the role, and then all managers are told; else
 * it is proposed, with exactly these inputs. `act` checks everything first and asks for its permit last, so that what is proposed
 * could be done as it stands. Throws what `act` throws.
 */
export const byTwo = async <Inputs extends object, T>(
  rt: Runtime,
  approvals: Approvals,
  request: ChangeRequest<Inputs>,
  act: (permit: AskPermit) => Promise<T>,
): Promise<Outcome<T>> => {
  try {
    return { kind: 'done', value: await act(() => aloneOr(rt, request)) };
  } catch (error) {
    if (!(error instanceof AnotherNeeded)) throw error;
    return { kind: 'proposed', proposal: await propose(rt, approvals, request) };
  }
};

/** Nobody acts as staff on what they are a party to. Throws `own-case` (403). */
export const refuseOwnCase = (
  { id }: Pick<Caller, 'id'>,
  parties: readonly string[],
  message: string,
): void => {
  if (parties.includes(id)) throw new AppError('forbidden', 'own-case', message);
};
