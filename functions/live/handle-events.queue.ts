import * as desk from '../../lib/desk/events.ts';
import { userChanged } from '../../lib/identity/events.ts';
import { endOnLostRights, endOnSessionEnd } from '../../lib/live/connections/end-connections.ts';
import { greet } from '../../lib/live/connections/greet.ts';
import { sendBoard } from '../../lib/live/facts/board-frames.ts';
import {
  sendEntry,
  sendLimits,
  sendPresence,
  sendTicketChange,
  sendUser,
} from '../../lib/live/facts/send-changes.ts';
import { boardDue, connectionOpened } from '../../lib/live/internal-events.ts';
import { rightsLost, sessionEnded } from '../../lib/platform/auth/rights-lost.ts';
import { onEvents } from '../../lib/platform/queue/on-events.ts';

/** Sends what has changed to those who follow it, and ends the connections of who lost access. */
export const handler = onEvents({
  queue: 'live-events',
  on: [
    connectionOpened.to(greet),
    desk.ticketChanged.to(sendTicketChange),
    desk.entryAdded.to(sendEntry),
    desk.presenceChanged.to(sendPresence),
    desk.limitsChanged.to(sendLimits),
    userChanged.to(sendUser),
    boardDue.to(sendBoard),
    rightsLost.to(endOnLostRights),
    sessionEnded.to(endOnSessionEnd),
  ],
});
