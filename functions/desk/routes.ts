import { httpHandler } from '../../lib/platform/http/on-http.ts';
import { acceptTicketRoute } from './accept-ticket.http.ts';
import { assignTicketRoute } from './assign-ticket.http.ts';
import { closeTicketRoute } from './close-ticket.http.ts';
import { declineTicketRoute } from './decline-ticket.http.ts';
import { forceOfflineRoute } from './force-offline.http.ts';
import { getBoardRoute } from './get-board.http.ts';
import { getClientRoute } from './get-client.http.ts';
import { getDeskRoute } from './get-desk.http.ts';
import { getExecutorRoute } from './get-executor.http.ts';
import { getMeRoute } from './get-me.http.ts';
import { getMessageRoute } from './get-message.http.ts';
import { getNextRoute } from './get-next.http.ts';
import { getSearchRoute } from './get-search.http.ts';
import { getTicketRoute } from './get-ticket.http.ts';
import { getTicketWhyRoute } from './get-ticket-why.http.ts';
import { getLimitsRoute, listLimitsHistoryRoute, patchLimitsRoute } from './limits.http.ts';
import { listColleaguesRoute } from './list-colleagues.http.ts';
import { listDesksRoute } from './list-desks.http.ts';
import { listExecutorsRoute } from './list-executors.http.ts';
import { listTicketMessagesRoute } from './list-ticket-messages.http.ts';
import { listTicketsRoute } from './list-tickets.http.ts';
import { parkTicketRoute } from './park-ticket.http.ts';
import { patchDeskRoute } from './patch-desk.http.ts';
import { postDeskRoute } from './post-desk.http.ts';
import { postHeartbeatRoute } from './post-heartbeat.http.ts';
import { postMessageRoute } from './post-message.http.ts';
import { postNoteRoute } from './post-note.http.ts';
import { postReplyRoute } from './post-reply.http.ts';
import { postUploadRoute } from './post-upload.http.ts';
import { putExecutorRoute } from './put-executor.http.ts';
import { putPresenceRoute } from './put-presence.http.ts';
import { putTicketReadRoute } from './put-ticket-read.http.ts';
import { reassignExecutorRoute } from './reassign-executor.http.ts';
import {
  deleteSavedReplyRoute,
  getSavedReplyRoute,
  listSavedRepliesRoute,
  postSavedReplyRoute,
  putSavedReplyRoute,
} from './saved-replies.http.ts';
import { setUrgencyRoute } from './set-urgency.http.ts';
import { transferTicketRoute } from './transfer-ticket.http.ts';

/** Every HTTP use case of the desk. */
export const endpoints = [
  acceptTicketRoute,
  assignTicketRoute,
  closeTicketRoute,
  declineTicketRoute,
  deleteSavedReplyRoute,
  forceOfflineRoute,
  getBoardRoute,
  getClientRoute,
  getDeskRoute,
  getExecutorRoute,
  getLimitsRoute,
  getMeRoute,
  getMessageRoute,
  getSavedReplyRoute,
  getSearchRoute,
  getNextRoute,
  getTicketRoute,
  getTicketWhyRoute,
  listColleaguesRoute,
  listDesksRoute,
  listExecutorsRoute,
  listLimitsHistoryRoute,
  listSavedRepliesRoute,
  listTicketMessagesRoute,
  listTicketsRoute,
  parkTicketRoute,
  patchDeskRoute,
  patchLimitsRoute,
  postDeskRoute,
  postHeartbeatRoute,
  postMessageRoute,
  postNoteRoute,
  postReplyRoute,
  postSavedReplyRoute,
  postUploadRoute,
  putExecutorRoute,
  putPresenceRoute,
  putSavedReplyRoute,
  putTicketReadRoute,
  reassignExecutorRoute,
  setUrgencyRoute,
  transferTicketRoute,
];

export const handler = httpHandler(endpoints);
