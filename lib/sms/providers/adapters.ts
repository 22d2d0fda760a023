import type { ProviderKind } from '../core/provider-model.ts';
import type { SmsProvider } from './port.ts';
import { smsc } from './smsc.ts';
import { smsru } from './smsru.ts';
import { twilio } from './twilio.ts';

/** A new provider is one file, one line here and a row in the contract suite. */
const adapters: Readonly<Record<ProviderKind, SmsProvider>> = { smsc, smsru, twilio };

export const adapterOf = (kind: ProviderKind): SmsProvider => adapters[kind];
