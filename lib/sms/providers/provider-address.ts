import { AppError } from '../../platform/errors.ts';
import { type AddressRules, addressFault } from '../../platform/outbound/address.ts';
import { outboundRules, providerHosts } from '../../platform/outbound/config.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Provider } from '../core/provider-model.ts';
import { adapterOf } from './adapters.ts';

/** Where its requests go. */
export const baseUrlOf = ({ kind, baseUrl }: Pick<Provider, 'kind' | 'baseUrl'>): string =>
  baseUrl ?? adapterOf(kind).defaultBaseUrl;

/** Messages, sign-in codes among them, go only to hosts of the provider's company or of the deployment's list (R-SMS-04). */
export const providerRules = (
  { env }: Pick<Runtime, 'env'>,
  { kind }: Pick<Provider, 'kind'>,
): AddressRules => ({
  ...outboundRules(env),
  hosts: [...adapterOf(kind).hosts, ...providerHosts(env)],
});

/** Throws `sms-provider-address` (422). */
export const checkAddress = (
  rt: Pick<Runtime, 'env'>,
  provider: Pick<Provider, 'kind' | 'baseUrl'>,
): void => {
  const fault = addressFault(baseUrlOf(provider), providerRules(rt, provider));
  if (fault) throw new AppError('unprocessable', 'sms-provider-address', `The address ${fault}.`);
};
