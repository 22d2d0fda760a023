import * as z from 'zod';
import { publicUrl, readConfig } from '../../platform/config.ts';
import type { Runtime } from '../../platform/runtime.ts';

const hostsConfig = z.object({ EMAIL_HOSTS: z.string().default('') });

/** Hosts that words of e-mails may lead to: the product's own and those of the deployment's list (`emailHosts`). */
export const emailHosts = ({ env }: Pick<Runtime, 'env'>): readonly string[] => [
  new URL(publicUrl(env)).hostname,
  ...readConfig(hostsConfig, env).EMAIL_HOSTS.split(',').filter(Boolean),
];
