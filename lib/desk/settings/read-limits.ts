import type { Runtime } from '../../platform/runtime.ts';
import { getDesk } from '../repository/desks.ts';
import { findScopes } from '../repository/limits.ts';
import { type LimitsView, toLimitsView } from './limits-view.ts';

/** Limits in force, globally or on one desk. Throws `desk-not-found`. */
export const readLimits = async (rt: Runtime, deskId: string | undefined): Promise<LimitsView> => {
  if (deskId) await getDesk(rt, deskId);
  return toLimitsView(await findScopes(rt, deskId), deskId);
};
