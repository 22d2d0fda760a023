import { proposalEndpoints } from '../../lib/platform/approvals/endpoints.ts';
import { smsApprovals } from '../../lib/sms/by-two-admins.ts';

/** What two admins do: list, look at, approve, turn down, take back. */
export const smsProposals = proposalEndpoints(smsApprovals);
