import type { ApiUser } from '../../workload/api.ts';
import { choose } from '../../workload/workload.ts';
import { mayAct, type Workload } from './workload.ts';

interface Sent {
  readonly key: string;
  readonly body: Readonly<Record<string, unknown>>;
  smsId: string | undefined;
}

const CATEGORIES = ['debt', 'debt', 'debt', 'transactional', 'marketing', 'marketing'] as const;

/** A service that registers messages, repeats what was not answered, cancels, and asks what has become of them. */
export const runService = async (workload: Workload, self: ApiUser): Promise<void> => {
  const { random } = self;
  const { recipients } = workload.scenario;
  const sent: Sent[] = [];
  let count = 0;

  const post = async (message: Sent): Promise<void> => {
    const answer = await self.insist('POST /v1/sms', { key: message.key, body: message.body });
    if (answer.status === 201) message.smsId = answer.body.smsId;
  };

  const draft = (more: object = {}): Sent => {
    count += 1;
    const { phone, zone } = random.pick(recipients);
    const tag = `${self.id.slice(-2)}.${count}`;
    const body = {
      entityId: random.pick(workload.entityIds),
      category: random.pick(CATEGORIES),
      phone,
      text: random.chance(0.5) ? `Message ${tag}, as agreed` : `Сообщение ${tag}, как условлено`,
      ...(random.chance(0.8) && { validitySec: random.pick([30, 90, 600, 7200, 100_000, 260_000]) }),
      ...(zone !== undefined && { zone }),
      ...(random.chance(0.3) && { overCap: random.pick(['defer', 'deny']) }),
      ...(random.chance(0.1) && { providerId: random.pick(workload.providerIds) }),
      ...more,
    };
    const message: Sent = { key: `k-${count}`, body, smsId: undefined };
    sent.push(message);
    return message;
  };

  const write = (more?: object): Promise<void> => post(draft(more));

  /** Many to one phone in one moment: where a cap could be passed. */
  const flood = async (): Promise<void> => {
    const { phone, zone } = random.pick(recipients);
    const same = {
      ...{ phone, category: random.pick(['debt', 'debt', 'marketing']) },
      ...(zone !== undefined && { zone }),
      entityId: random.pick(workload.entityIds),
    };
    await Promise.all(Array.from({ length: random.int(2, 6) }, () => write(same)));
  };

  const repeat = async (): Promise<void> => {
    if (sent.length > 0) await post(random.pick(sent));
  };

  const misuse = async (): Promise<void> => {
    if (sent.length === 0) return;
    const { key, body } = random.pick(sent);
    await self.call('POST /v1/sms', { key, body: { ...body, text: 'Something else' } });
  };

  const twice = async (): Promise<void> => {
    const message = draft();
    await Promise.all([post(message), post(message)]);
  };

  const withOwn = async (act: (smsId: string) => Promise<unknown>): Promise<void> => {
    const known = sent.flatMap(({ smsId }) => smsId ?? []);
    const smsId = random.chance(0.5) ? known.at(-1) : known.length > 0 ? random.pick(known) : undefined;
    if (smsId) await act(smsId);
  };

  const look = async (): Promise<void> => {
    const ids = sent.flatMap(({ smsId }) => smsId ?? []).slice(-20);
    if (ids.length > 0) await self.call('POST /v1/sms/statuses', { body: { ids } });
  };

  while (await mayAct(workload, self)) {
    await choose(random, [
      [44, () => write()],
      [16, flood],
      [6, repeat],
      [6, twice],
      [2, misuse],
      [10, () => withOwn((id) => self.call(`POST /v1/sms/${id}/cancel`))],
      [4, () => withOwn((id) => self.call(`GET /v1/sms/${id}`))],
      [3, look],
      [3, () => self.call('POST /v1/sms/check', { body: draft().body })],
    ]);
  }
};
