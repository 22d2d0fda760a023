import { createHash } from 'node:crypto';
import { epochSec } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { EmailProof } from '../profile/email-rules.ts';
import { findItem, type Key, putNew } from './table.ts';

/** By the token's hash: whoever reads the table cannot make a link of it. */
const proofKey = (token: string): Key => ({
  pk: `EMAIL-PROOF#${createHash('sha256').update(token).digest('hex')}`,
  sk: 'PROOF',
});

export const findEmailProof = async (rt: Runtime, token: string): Promise<EmailProof | undefined> => {
  const item = await findItem(rt, proofKey(token));
  if (!item) return undefined;
  const { userId, epoch, expiresAt } = item;
  return { userId: String(userId), epoch: Number(epoch), expiresAt: String(expiresAt) };
};

export const emailProofWrite = (rt: Runtime, token: string, proof: EmailProof): Write =>
  putNew(rt, { ...proofKey(token), ...proof, expiresAtSec: epochSec(proof.expiresAt) + 24 * 3600 });
