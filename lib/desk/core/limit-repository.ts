import type { Runtime } from '../../platform/runtime.ts';
import { limitSettings } from '../catalogue.ts';
import type { Limits } from '../model.ts';
import { effectiveLimits } from './limits.ts';
import { findItems } from './table.ts';

/**
 * What is in force on some desks, read consistently in one request: in force the moment it is written. `lagging`: for what
 * is shown and decides nothing.
 */
export const findLimitsOf = async (
  rt: Runtime,
  deskIds: readonly string[],
  how: { readonly lagging?: boolean } = {},
): Promise<(deskId: string) => Limits> => {
  const { key, toGlobal, toOwn } = limitSettings;
  const wanted = [...new Set(deskIds)];
  const items = await findItems(rt, [key(), ...wanted.map(key)], how);
  const byPartition = new Map(items.map((item) => [item.pk, item]));
  const global = toGlobal(byPartition.get(key().pk), rt.log);
  return (deskId) => {
    if (!wanted.includes(deskId)) throw new Error(`the limits of ${deskId} were not read`);
    return effectiveLimits(global, toOwn(byPartition.get(key(deskId).pk), rt.log));
  };
};

export const findLimits = async (
  rt: Runtime,
  deskId: string,
  how: { readonly lagging?: boolean } = {},
): Promise<Limits> => (await findLimitsOf(rt, [deskId], how))(deskId);
