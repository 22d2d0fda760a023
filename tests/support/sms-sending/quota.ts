import type { Runtime } from '../../../lib/platform/runtime.ts';
import type { Sms } from '../../../lib/sms/model.ts';
import { noQuota, type Quota, quotas } from '../../../lib/sms/repository/quotas.ts';

/** What is counted for a message's entity, phone and category. */
export const findQuota = async (rt: Runtime, sms: Sms): Promise<Quota> =>
  (await quotas.find(rt, { ...sms, owner: sms.entityId })) ?? noQuota;
