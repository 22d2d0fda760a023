import * as z from 'zod';
import { type Environment, readConfig } from '../config.ts';
import type { AddressRules } from './address.ts';

const list = (text: string): string[] => text.split(',').flatMap((each) => each.trim() || []);

const ports = z
  .string()
  .transform((text) => list(text).map(Number))
  .pipe(z.array(z.int().min(1).max(65_535)).min(1));

/** What a function that calls typed addresses needs. */
export const outboundConfig = z.object({
  /** `443,8443` */
  OUTBOUND_PORTS: ports,
  /** Hosts of providers besides the kinds' own: `sms.firm.example,sms.firm.example:9443`. */
  PROVIDER_HOSTS: z.string().default('').transform(list),
  /** Set by the local run alone; `refuseLocalSettings` keeps every other process from starting with it. */
  OUTBOUND_LOOPBACK: z.enum(['allowed', '']).default(''),
});

/** Where requests to typed addresses may go in this stage. */
export const outboundRules = (env: Environment): AddressRules => {
  const config = readConfig(outboundConfig, env);
  return { ports: config.OUTBOUND_PORTS, loopback: config.OUTBOUND_LOOPBACK === 'allowed' };
};

/** The deployment's own hosts of providers. */
export const providerHosts = (env: Environment): readonly string[] =>
  readConfig(outboundConfig, env).PROVIDER_HOSTS;
