import type { Runtime } from '../../../lib/platform/runtime.ts';
import { noQuota, type Quota, quotas } from '../../../lib/sms/core/quota-repository.ts';
import type { Sms } from '../../../lib/sms/model.ts';

/** What is counted for a message's entity, phone and category. */
export const findQuota = async (rt: Runtime, sms: Sms): Promise<Quota> =>
  (await quotas.find(rt, { ...sms, owner: sms.entityId })) ?? noQuota;
