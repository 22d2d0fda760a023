import type { ProviderKind } from '../../../lib/sms/core/provider-model.ts';
import type { ProviderContext, SendRequest } from '../../../lib/sms/providers/port.ts';
import { SANDBOX_ACCOUNTS } from '../../../localstack/sandboxes/sms/faults.ts';
import type { RunningCentre } from '../../../localstack/sandboxes/sms/sms-centre.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {}, metric() {}, with: () => silent };

export const sandboxAccount: Readonly<Record<ProviderKind, Pick<ProviderContext, 'account' | 'secrets'>>> = {
  smsc: {
    account: SANDBOX_ACCOUNTS.smsc.login,
    secrets: { password: SANDBOX_ACCOUNTS.smsc.password, callbackSecret: 'sandbox-callback-secret' },
  },
  smsru: { account: undefined, secrets: { apiId: SANDBOX_ACCOUNTS.smsru.apiId } },
  twilio: {
    account: SANDBOX_ACCOUNTS.twilio.accountSid,
    secrets: { authToken: SANDBOX_ACCOUNTS.twilio.authToken },
  },
};

/** What an adapter is given, bound to the sandbox. */
export const contextAt = (
  sandbox: Pick<RunningCentre, 'api'>,
  kind: ProviderKind,
  more: Partial<ProviderContext> = {},
): ProviderContext => ({
  fetch: (url, init) => fetch(url, init),
  rules: { ports: [443], loopback: true },
  nowMs: Date.now(),
  timeoutMs: 1_000,
  log: silent,
  baseUrl: sandbox.api(kind),
  options: {},
  ...sandboxAccount[kind],
  ...more,
});

let count = 0;

export const aRequest = (more: Partial<SendRequest> = {}): SendRequest => {
  count += 1;
  return {
    ownId: String(count),
    phone: `+7916${String(1_000_000 + count)}`,
    text: `Message ${count}`,
    sender: 'Rotadesk',
    validSec: 300,
    callbackUrl: 'https://api.invalid/v1/sms-callbacks/prv/secret?sms=x',
    ...more,
  };
};
