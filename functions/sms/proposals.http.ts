import { proposalEndpoints } from '../../lib/platform/approvals/endpoints.ts';
import { smsApprovals } from '../../lib/sms/by-two-admins.ts';

/** Changes that need two admins: list, read, approve, reject, withdraw. */
export const smsProposals = proposalEndpoints(smsApprovals);
