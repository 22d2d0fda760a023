import type { Runtime } from '../../../lib/platform/runtime.ts';
import type { Sms } from '../../../lib/sms/model.ts';
import { type Quota, quotaFromItem, quotaKey } from '../../../lib/sms/repository/quotas.ts';
import { findItem } from '../../../lib/sms/repository/table.ts';

/** What is counted for a message's entity, phone and category. */
export const findQuota = async (rt: Runtime, sms: Sms): Promise<Quota> =>
  quotaFromItem(await findItem(rt, quotaKey({ ...sms, owner: sms.entityId })));
