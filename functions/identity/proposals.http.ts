import { identityApprovals } from '../../lib/identity/users/by-two-admins.ts';
import { proposalEndpoints } from '../../lib/platform/approvals/endpoints.ts';

/** Changes that need two admins: list, read, approve, reject, withdraw. */
export const identityProposals = proposalEndpoints(identityApprovals);
