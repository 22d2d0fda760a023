import { httpHandler } from '../../lib/platform/http/on-http.ts';
import { acceptTicket } from './accept-ticket.http.ts';
import { assignTicket } from './assign-ticket.http.ts';
import { closeTicket } from './close-ticket.http.ts';
import { declineTicket } from './decline-ticket.http.ts';
import { forceOffline } from './force-offline.http.ts';
import { getBoard } from './get-board.http.ts';
import { getClient } from './get-client.http.ts';
import { getDesk } from './get-desk.http.ts';
import { getExecutor } from './get-executor.http.ts';
import { getMe } from './get-me.http.ts';
import { getMessage } from './get-message.http.ts';
import { getReplay } from './get-replay.http.ts';
import { getTicket } from './get-ticket.http.ts';
import { getTicketWhy } from './get-ticket-why.http.ts';
import { getLimits, listLimitsHistory, patchLimits } from './limits.http.ts';
import { listColleagues } from './list-colleagues.http.ts';
import { listDesks } from './list-desks.http.ts';
import { listExecutors } from './list-executors.http.ts';
import { listTicketMessages } from './list-ticket-messages.http.ts';
import { listTickets } from './list-tickets.http.ts';
import { parkTicket } from './park-ticket.http.ts';
import { patchDesk } from './patch-desk.http.ts';
import { postDesk } from './post-desk.http.ts';
import { postHeartbeat } from './post-heartbeat.http.ts';
import { postMessage } from './post-message.http.ts';
import { postNote } from './post-note.http.ts';
import { postReplay } from './post-replay.http.ts';
import { postReply } from './post-reply.http.ts';
import { postUpload } from './post-upload.http.ts';
import { putExecutor } from './put-executor.http.ts';
import { putPresence } from './put-presence.http.ts';
import { reassignExecutor } from './reassign-executor.http.ts';
import { setUrgency } from './set-urgency.http.ts';
import { transferTicket } from './transfer-ticket.http.ts';

/** Every HTTP use case of the desk. */
export const endpoints = [
  acceptTicket,
  assignTicket,
  closeTicket,
  declineTicket,
  forceOffline,
  getBoard,
  getClient,
  getDesk,
  getExecutor,
  getLimits,
  getMe,
  getMessage,
  getReplay,
  getTicket,
  getTicketWhy,
  listColleagues,
  listDesks,
  listExecutors,
  listLimitsHistory,
  listTicketMessages,
  listTickets,
  parkTicket,
  patchDesk,
  patchLimits,
  postDesk,
  postHeartbeat,
  postMessage,
  postNote,
  postReplay,
  postReply,
  postUpload,
  putExecutor,
  putPresence,
  reassignExecutor,
  setUrgency,
  transferTicket,
];

export const handler = httpHandler(endpoints);
