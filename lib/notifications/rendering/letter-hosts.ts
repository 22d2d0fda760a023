import * as z from 'zod';
import { publicUrl, readConfig } from '../../platform/config.ts';
import type { Runtime } from '../../platform/runtime.ts';

const hostsConfig = z.object({ LETTER_HOSTS: z.string().default('') });

/** Hosts that words of letters may lead to: the product's own and those of the deployment's list (`letterHosts`). */
export const letterHosts = ({ env }: Pick<Runtime, 'env'>): readonly string[] => [
  new URL(publicUrl(env)).hostname,
  ...readConfig(hostsConfig, env).LETTER_HOSTS.split(',').filter(Boolean),
];
