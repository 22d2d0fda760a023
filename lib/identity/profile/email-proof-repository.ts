import { createHash } from 'node:crypto';
import { epochSec } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import type { Write } from '../../platform/storage/write.ts';
import { type EmailProof, emailProofSchema } from './email-proof.ts';

const PK = 'EMAIL-PROOF#';

export const emailProofs = defineEntity({
  table: 'identity',
  name: 'identity.email-proof',
  key: ({ hash }: Pick<EmailProof, 'hash'>) => ({ pk: PK + hash, sk: 'PROOF' }),
  schema: emailProofSchema,
  inKey: { attributes: ['hash'], read: ({ pk }) => ({ hash: pk.slice(PK.length) }) },
  indexes: { attributes: [], of: ({ expiresAt }) => ({ expiresAtSec: epochSec(expiresAt) + 24 * 3600 }) },
});

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

export const findEmailProof = (rt: Runtime, token: string): Promise<EmailProof | undefined> =>
  emailProofs.find(rt, { hash: hashOf(token) });

export const emailProofWrite = (rt: Runtime, token: string, proof: Omit<EmailProof, 'hash'>): Write =>
  emailProofs.putNew(rt, { hash: hashOf(token), ...proof });
