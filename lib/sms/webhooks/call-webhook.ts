import { lookup } from 'node:dns/promises';
import { epochSec, instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { addressFault, isPublicAddress } from './address-rules.ts';
import { privateAllowed, webhookSecret } from './edit-webhook.ts';
import type { Delivery, Webhook } from './model.ts';
import { signatureOf } from './webhook-rules.ts';

const TIMEOUT_MS = 10_000;

export type CallOutcome = { readonly kind: 'taken' | 'failed'; readonly answer: string };

/** A public name may point into a private network: every address behind it is looked at before each call. */
const privateBehind = async (rt: Runtime, url: string): Promise<string | undefined> => {
  if (privateAllowed(rt)) return undefined;
  const host = new URL(url).hostname.replace(/^\[(.*)\]$/, '$1');
  const addresses = await lookup(host, { all: true });
  return addresses.every(({ address }) => isPublicAddress(address)) ? undefined : 'is not a public address';
};

const headersOf = async (
  rt: Runtime,
  { id }: Webhook,
  delivery: Delivery,
): Promise<Record<string, string>> => {
  const timestamp = String(epochSec(instant(rt.clock.nowMs())));
  return {
    'content-type': 'application/json',
    'user-agent': 'Rotadesk-Webhooks/1',
    'rotadesk-event-id': delivery.eventId,
    'rotadesk-timestamp': timestamp,
    'rotadesk-signature': signatureOf(await webhookSecret(rt, id), timestamp, delivery.body),
  };
};

const failed = (answer: string): CallOutcome => ({ kind: 'failed', answer });

/** One try. Redirects are not followed: they could lead anywhere. Never throws. */
export const callWebhook = async (
  rt: Runtime,
  webhook: Webhook,
  delivery: Delivery,
): Promise<CallOutcome> => {
  try {
    const fault = addressFault(webhook.url, privateAllowed(rt)) ?? (await privateBehind(rt, webhook.url));
    if (fault) return failed(`the address ${fault}`);
    const answer = await rt.fetch(webhook.url, {
      method: 'POST',
      headers: await headersOf(rt, webhook, delivery),
      body: delivery.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    // What it says is of no interest, but the connection waits for somebody to read or leave it.
    await answer.body?.cancel();
    return { kind: answer.ok ? 'taken' : 'failed', answer: `HTTP ${answer.status}` };
  } catch (error) {
    return failed(error instanceof Error ? error.name : 'no answer');
  }
};
