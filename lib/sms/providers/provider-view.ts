import * as z from 'zod';
import { publicUrl } from '../../platform/config.ts';
import { nameUpTo } from '../../platform/input/name.ts';
import { currency, money } from '../../platform/money.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { deriveToken } from '../../platform/secrets/index.ts';
import { lazily } from '../../platform/storage/stored-schema.ts';
import { PROVIDER_KINDS, type Provider, type ProviderHealth } from '../core/provider-model.ts';
import { providerIdSchema } from '../model.ts';
import { adapterOf } from './adapters.ts';
import { baseUrlOf } from './provider-address.ts';

const secret = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[\x21-\x7e]+$/, 'must be visible ASCII');

const baseUrlSchema = z
  .url({ protocol: /^https?$/ })
  .max(200)
  .regex(/^[^?#@]*[^/?#@]$/, 'must have no slash, query or password at its end')
  .meta({
    description:
      "Address of the provider's HTTP API; left out: the kind's own. https on one of the company's own hosts or of the deployment's list (`providerHosts`).",
  });

const priceSchema = z
  .record(z.string().regex(/^\d{0,9}$/, 'is not the beginning of a number without its plus'), money)
  .refine((prices) => Object.keys(prices).length <= 300, 'has more than 300 prices')
  .meta({ description: "Price of one part by the beginning of the number; '' is every number." });

const hashSchema = lazily(() =>
  z.strictObject({
    algorithm: z.enum(['md5', 'sha1', 'crc32']),
    formula: z.string().min(1).max(200),
  }),
);

/** What an admin may set. The same fields, all optional, for an edit. */
export const providerFields = {
  name: nameUpTo(80),
  baseUrl: baseUrlSchema.optional(),
  account: z
    .string()
    .regex(/^[\w.@-]{1,80}$/)
    .optional(),
  sender: z
    .string()
    .regex(/^(\+?\d{3,15}|[A-Za-z0-9 .+_&-]{1,11})?$/, 'is not a sender name')
    .meta({ description: "Name or number; empty: the account's default." }),
  ratePerSec: z.number().min(0.01).max(1000),
  concurrency: z.int().min(1).max(100),
  priority: z.int().min(0).max(1000).meta({ description: 'The smallest is tried first.' }),
  prices: priceSchema,
  currency: currency.optional(),
  lowBalance: z
    .string()
    .regex(/^\d{1,9}(\.\d{1,4})?$/, 'is not a decimal amount')
    .optional()
    .meta({
      description:
        'An alarm is raised when the account holds less than this, in its currency. Left out: never.',
    }),
  options: z.strictObject({
    callbackHash: hashSchema().optional(),
    messagingServiceSid: z
      .string()
      .regex(/^\w{1,64}$/)
      .optional(),
  }),
  secrets: z
    .partialRecord(z.enum(['password', 'apiKey', 'callbackSecret', 'apiId', 'authToken']), secret)
    .meta({ description: 'Write-only. An update replaces the secrets it names.' }),
};

export const providerView = lazily(() =>
  z
    .object({
      providerId: providerIdSchema,
      kind: z.enum(PROVIDER_KINDS),
      name: z.string(),
      baseUrl: z.string().meta({ description: 'Where requests go.' }),
      account: z.string().optional(),
      sender: z.string(),
      ratePerSec: z.number(),
      concurrency: z.int(),
      priority: z.int(),
      prices: z.record(z.string(), money),
      currency: z.string().optional(),
      lowBalance: z.string().optional(),
      options: z.object({
        callbackHash: hashSchema().optional(),
        messagingServiceSid: z.string().optional(),
      }),
      secretsSet: z
        .array(z.string())
        .meta({ description: 'Names of the stored secrets; never their values.' }),
      callbackUrl: z.string().meta({
        description:
          "URL for the provider's status callbacks. Contains a secret: enter it in the account and keep it confidential.",
      }),
      inboundUrl: z.string().optional().meta({ description: "URL for the provider's inbound SMS." }),
      capabilities: z.object({ ownId: z.boolean(), cancel: z.boolean(), statusBatchSize: z.int() }).meta({
        description: 'Capabilities of its API: client-supplied ids, cancelling, ids per status request.',
      }),
      health: z.object({
        state: z.enum(['unknown', 'up', 'refusing', 'down']),
        since: z.iso.datetime().optional(),
        checkedAt: z.iso.datetime().optional(),
        why: z.string().optional(),
        balance: z
          .object({ amount: z.string(), currency: z.string().optional(), at: z.iso.datetime() })
          .optional(),
      }),
      disabledAt: z.iso.datetime().optional(),
      createdAt: z.iso.datetime(),
      version: z.int(),
    })
    .meta({ id: 'SmsProvider' }),
);
export type ProviderView = z.infer<ReturnType<typeof providerView>>;

const INBOUND = 'sms-inbound';
const CALLBACKS = 'sms-callbacks';
type CallbackEndpoint = typeof INBOUND | typeof CALLBACKS;

/** Last path segment of a callback URL, known to the provider alone: derived, so that no table stores it. */
export const callbackSecret = (
  rt: Runtime,
  endpoint: CallbackEndpoint,
  providerId: string,
): Promise<string> => deriveToken(rt, endpoint, providerId);

/** Published URL of one of our callback endpoints for a provider. */
export const callbackUrl = async (
  rt: Runtime,
  endpoint: CallbackEndpoint,
  providerId: string,
): Promise<string> =>
  `${publicUrl(rt.env)}/v1/${endpoint}/${providerId}/${await callbackSecret(rt, endpoint, providerId)}`;

/** URLs that the provider calls. They contain a secret, so they are derived whenever they are shown. */
export const callbackUrls = async (
  rt: Runtime,
  { id, kind }: Pick<Provider, 'id' | 'kind'>,
): Promise<Pick<ProviderView, 'callbackUrl' | 'inboundUrl'>> => ({
  callbackUrl: await callbackUrl(rt, CALLBACKS, id),
  ...(adapterOf(kind).readInbound && { inboundUrl: await callbackUrl(rt, INBOUND, id) }),
});

export const toProviderView = async (
  rt: Runtime,
  provider: Provider,
  health: ProviderHealth | undefined,
): Promise<ProviderView> => {
  const adapter = adapterOf(provider.kind);
  const { ownId, cancel, statusBatchSize } = adapter.capabilities;
  return {
    providerId: provider.id,
    kind: provider.kind,
    name: provider.name,
    baseUrl: baseUrlOf(provider),
    account: provider.account,
    sender: provider.sender,
    ratePerSec: provider.ratePerSec,
    concurrency: provider.concurrency,
    priority: provider.priority,
    prices: { ...provider.prices },
    currency: provider.currency,
    lowBalance: provider.lowBalance,
    options: provider.options,
    secretsSet: Object.keys(provider.secrets).sort(),
    ...(await callbackUrls(rt, provider)),
    capabilities: { ownId, cancel, statusBatchSize },
    health: health ?? { state: 'unknown' },
    disabledAt: provider.disabledAt,
    createdAt: provider.createdAt,
    version: provider.version,
  };
};
