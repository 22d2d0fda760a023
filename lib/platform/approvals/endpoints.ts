import * as z from 'zod';
import type { ErrorKind } from '../errors.ts';
import { type Endpoint, onHttp } from '../http/on-http.ts';
import { pageOf, pageQuery } from '../http/pagination.ts';
import { noteUpTo } from '../input/pasted-text.ts';
import { lazily } from '../storage/stored-schema.ts';
import { approveProposal, rejectProposal, withdrawProposal } from './decide-proposal.ts';
import type { Approvals } from './define-approvals.ts';
import { proposalIdSchema } from './model.ts';
import { proposalView, proposalWithRecentView, toProposalView } from './proposal-view.ts';
import { findProposals, readProposal } from './read-proposals.ts';

const params = lazily(() => z.strictObject({ proposalId: proposalIdSchema }));
const noteSchema = noteUpTo(500);
const proposalPage = lazily(() => pageOf(proposalView()).meta({ id: 'ProposalPage' }));
const tag = 'approvals';
const access = ['admin'] as const;

const decisionProblems = {
  'proposal-not-found': 'missing',
  'proposal-decided': 'conflict',
  'proposal-expired': 'conflict',
  busy: 'unavailable',
} as const satisfies Record<string, ErrorKind>;

const reads = (approvals: Approvals): Endpoint[] => [
  onHttp(
    {
      method: 'GET',
      path: `/v1/proposals/${approvals.area}`,
      summary: 'What was proposed, the newest first',
      description: 'What two persons must do: one proposes, another of the role approves within seven days.',
      tag,
      access,
      query: () =>
        pageQuery().extend({
          state: z.literal('proposed').optional().meta({ description: 'Only what waits for somebody.' }),
        }),
      answers: { 200: proposalPage },
    },
    async ({ rt, query: { state, ...page } }) => ({
      status: 200,
      body: await findProposals(rt, approvals, { ...page, onlyOpen: state === 'proposed' }),
    }),
  ),
  onHttp(
    {
      method: 'GET',
      path: `/v1/proposals/${approvals.area}/{proposalId}`,
      summary: 'A proposal, and what its proposer proposed lately',
      tag,
      access,
      params,
      answers: { 200: () => proposalWithRecentView() },
      problems: { 'proposal-not-found': 'missing' },
    },
    async ({ rt, params: { proposalId } }) => {
      const body = await readProposal(rt, approvals, proposalId);
      return { status: 200, body, etag: body.version };
    },
  ),
];

const approval = (approvals: Approvals): Endpoint =>
  onHttp(
    {
      method: 'POST',
      path: `/v1/proposals/${approvals.area}/{proposalId}/approve`,
      summary: 'Approve what another of the role proposed: it is done at once',
      description:
        'Neither whoever proposed it nor whom it is about approves it. `digest` is that of the inputs which were reviewed. What cannot be done any more as it was proposed is `proposal-outdated` and stays open.',
      tag,
      access,
      params,
      body: () => z.strictObject({ digest: z.string().max(64), reason: noteSchema.optional() }),
      answers: { 200: proposalView },
      problems: {
        ...decisionProblems,
        'own-case': 'forbidden',
        'digest-differs': 'conflict',
        'proposer-left': 'conflict',
        'proposal-outdated': 'conflict',
      },
      example: { body: { digest: '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU' } },
    },
    async ({ rt, caller, origin, params: { proposalId }, body }) => {
      const after = await approveProposal(rt, approvals, { proposalId, ...body, caller, origin });
      return { status: 200, body: toProposalView(rt, approvals, after), etag: after.version };
    },
  );

const rejection = (approvals: Approvals): Endpoint =>
  onHttp(
    {
      method: 'POST',
      path: `/v1/proposals/${approvals.area}/{proposalId}/reject`,
      summary: 'Turn down what another of the role proposed',
      tag,
      access,
      params,
      body: () => z.strictObject({ reason: noteSchema }),
      answers: { 200: proposalView },
      problems: { ...decisionProblems, 'own-case': 'forbidden' },
      example: { body: { reason: 'Not before the audit.' } },
    },
    async ({ rt, caller, origin, params: { proposalId }, body }) => {
      const after = await rejectProposal(rt, approvals, { proposalId, ...body, caller, origin });
      return { status: 200, body: toProposalView(rt, approvals, after), etag: after.version };
    },
  );

const withdrawal = (approvals: Approvals): Endpoint =>
  onHttp(
    {
      method: 'POST',
      path: `/v1/proposals/${approvals.area}/{proposalId}/withdraw`,
      summary: 'Take back what you proposed',
      tag,
      access,
      params,
      body: () => z.strictObject({ reason: noteSchema.optional() }),
      answers: { 200: proposalView },
      problems: { ...decisionProblems, 'not-the-proposer': 'forbidden' },
      example: { body: {} },
    },
    async ({ rt, caller, origin, params: { proposalId }, body }) => {
      const after = await withdrawProposal(rt, approvals, { proposalId, ...body, caller, origin });
      return { status: 200, body: toProposalView(rt, approvals, after), etag: after.version };
    },
  );

/** Endpoints to list, read, approve, reject and withdraw proposals of an area. */
export const proposalEndpoints = (approvals: Approvals): Endpoint[] => [
  ...reads(approvals),
  approval(approvals),
  rejection(approvals),
  withdrawal(approvals),
];
