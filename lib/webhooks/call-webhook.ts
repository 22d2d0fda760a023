import { epochSec, instant } from '../platform/clock.ts';
import { callOut } from '../platform/outbound/call-out.ts';
import { outboundRules } from '../platform/outbound/config.ts';
import type { Runtime } from '../platform/runtime.ts';
import { webhookSecret } from './edit-webhook.ts';
import type { Delivery, Webhook } from './model.ts';
import { signatureOf } from './webhook-message.ts';

export type CallOutcome = { readonly kind: 'taken' | 'failed'; readonly answer: string };

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

/** The code of a socket's error, or what kind it is: its message may hold the address. */
const wordFor = (error: unknown): string => {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return [code, name].find((word) => typeof word === 'string') ?? 'no answer';
};

/** One try, through the guard for typed addresses. Redirects are not followed: they could lead anywhere. Never throws. */
export const callWebhook = async (
  rt: Runtime,
  webhook: Webhook,
  delivery: Delivery,
): Promise<CallOutcome> => {
  try {
    const answer = await callOut(rt, {
      url: webhook.url,
      method: 'POST',
      headers: await headersOf(rt, webhook, delivery),
      body: delivery.body,
      rules: outboundRules(rt.env),
    });
    // What it says is of no interest, but the connection waits for somebody to read or leave it.
    await answer.body?.cancel();
    return { kind: answer.ok ? 'taken' : 'failed', answer: `HTTP ${answer.status}` };
  } catch (error) {
    return { kind: 'failed', answer: wordFor(error) };
  }
};
