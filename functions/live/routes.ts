import { httpHandler } from '../../lib/platform/http/on-http.ts';
import { postLiveTicketRoute } from './post-live-ticket.http.ts';

export const endpoints = [postLiveTicketRoute];

export const handler = httpHandler(endpoints);
