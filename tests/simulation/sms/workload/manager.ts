import type { ApiUser } from '../../workload/api.ts';
import { choose } from '../../workload/workload.ts';
import { mayAct, type Workload } from './workload.ts';

/** Somebody who stops and allows and edits entities; with an admin at hand who edits providers and now and then turns one off. */
export const runManager = async (workload: Workload, self: ApiUser, admin: ApiUser): Promise<void> => {
  const { random } = self;
  const { recipients } = workload.scenario;
  let count = 0;
  const key = (): string => `m-${++count}`;
  const phone = (): string => encodeURIComponent(random.pick(recipients).phone);
  const entityId = (): string => random.pick(workload.entityIds);

  const suppress = (): Promise<unknown> =>
    self.call('POST /v1/suppressions', {
      key: key(),
      body: {
        phone: random.pick(recipients).phone,
        reason: 'asked by phone',
        ...(random.chance(0.4) && { entityId: entityId() }),
        ...(random.chance(0.2) && { categories: ['marketing', 'debt'] }),
      },
    });

  const allow = (): Promise<unknown> => self.call(`DELETE /v1/suppressions/${phone()}`);

  const agree = (): Promise<unknown> =>
    self.call('POST /v1/consents', {
      key: key(),
      body: { entityId: entityId(), phone: random.pick(recipients).phone, proof: 'form 17' },
    });

  const disagree = (): Promise<unknown> => self.call(`DELETE /v1/consents/${entityId()}/${phone()}`);

  const editEntity = async (): Promise<void> => {
    const path = `/v1/legal-entities/${entityId()}`;
    const seen = await self.call(`GET ${path}`);
    if (!seen?.etag) return;
    const change = random.pick([
      { window: { from: '10:00', to: '19:00' } },
      { window: null },
      { limits: { debt: { perDay: 1 }, marketing: { perDay: random.int(1, 3) } } },
      { windowForTransactional: random.chance(0.5) },
    ]);
    const answer = await self.call(`PATCH ${path}`, { ifMatch: seen.etag, body: change });
    if (answer?.body?.code !== 'looser-needs-admin') return;
    await admin.call(`PATCH ${path}`, { ifMatch: seen.etag, body: { ...change, reason: 'Peak season' } });
  };

  const editProvider = async (): Promise<void> => {
    const path = `/v1/sms-providers/${random.pick(workload.providerIds)}`;
    const seen = await admin.call(`GET ${path}`);
    if (!seen?.etag) return;
    const change = random.pick([
      { ratePerSec: random.int(1, 6) },
      { concurrency: random.int(1, 4) },
      { priority: random.int(1, 200) },
    ]);
    await admin.call(`PATCH ${path}`, { ifMatch: seen.etag, body: change });
  };

  /** Off, and on again after a while: nobody leaves it off for good. */
  const turnOff = async (): Promise<void> => {
    const path = `/v1/sms-providers/${random.pick(workload.providerIds)}`;
    await admin.call(`POST ${path}/disable`);
    await workload.world.timeline.sleep(random.int(500, 40_000));
    for (let on = false; !on; ) {
      const seen = await admin.insist(`GET ${path}`);
      const ifMatch = seen.etag ?? '';
      const answer = await admin.insist(`PATCH ${path}`, { ifMatch, body: { disabled: false } });
      on = answer.status === 200;
    }
  };

  const pause = async (): Promise<void> => {
    const path = `/v1/legal-entities/${entityId()}`;
    await self.call(`POST ${path}/deactivate`, { body: {} });
    await workload.world.timeline.sleep(random.int(500, 30_000));
    await self.insist(`POST ${path}/activate`, { body: {} });
  };

  while (await mayAct(workload, self, 1.5)) {
    await choose(random, [
      [22, suppress],
      [16, allow],
      [16, agree],
      [10, disagree],
      [14, editEntity],
      [10, editProvider],
      [6, turnOff],
      [6, pause],
    ]);
  }
};
