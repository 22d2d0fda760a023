import { issueTicket, liveTicketView } from '../../lib/live/connections/issue-ticket.ts';
import { ROLES } from '../../lib/platform/caller.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const postLiveTicketRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/live/tickets',
    summary: 'Get a ticket for a live connection',
    description:
      'Opens one WebSocket at `/v1/live` within 30 seconds, with the subprotocols `rotadesk` and the ticket. docs/live.md describes the frames.',
    tag: 'live',
    access: ROLES,
    answers: { 200: liveTicketView },
  },
  async ({ rt, caller }) => ({ status: 200, body: await issueTicket(rt, caller) }),
);
