import { identityApprovals } from '../../lib/identity/users/by-two-admins.ts';
import { proposalEndpoints } from '../../lib/platform/approvals/endpoints.ts';

/** What two admins do: list, look at, approve, turn down, take back. */
export const identityProposals = proposalEndpoints(identityApprovals);
