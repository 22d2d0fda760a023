import { httpHandler } from '../../lib/platform/http/on-http.ts';
import { disableSmsProvider } from './disable-sms-provider.http.ts';
import { getSmsProvider } from './get-sms-provider.http.ts';
import { listSmsProviders } from './list-sms-providers.http.ts';
import { patchSmsProvider } from './patch-sms-provider.http.ts';
import { postSmsCallback } from './post-sms-callback.http.ts';
import { postSmsInbound } from './post-sms-inbound.http.ts';
import { postSmsProvider } from './post-sms-provider.http.ts';

/** Every HTTP use case of the SMS module. */
export const endpoints = [
  disableSmsProvider,
  getSmsProvider,
  listSmsProviders,
  patchSmsProvider,
  postSmsCallback,
  postSmsInbound,
  postSmsProvider,
];

export const handler = httpHandler(endpoints);
