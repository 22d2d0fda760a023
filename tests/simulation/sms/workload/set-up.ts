import { SANDBOX_ACCOUNTS } from '../../../../localstack/sandboxes/sms/index.ts';
import type { ApiUser, Who } from '../../workload/api.ts';
import type { Company } from '../outside/company.ts';
import type { Workload } from './workload.ts';

const { smsc, smsru, twilio } = SANDBOX_ACCOUNTS;

const accounts = {
  smsc: { account: smsc.login, secrets: { password: smsc.password } },
  smsru: { secrets: { apiId: smsru.apiId } },
  twilio: { account: twilio.accountSid, sender: '+15005550006', secrets: { authToken: twilio.authToken } },
} as const;

const addProvider = async (workload: Workload, admin: ApiUser, company: Company): Promise<void> => {
  const plan = workload.scenario.providers.find(({ api }) => api === company.api);
  const answer = await admin.insist('POST /v1/sms-providers', {
    key: `provider-${company.api}`,
    body: {
      kind: company.api,
      name: `The ${company.api} account`,
      baseUrl: company.baseUrl,
      ratePerSec: plan?.ratePerSec,
      concurrency: plan?.concurrency,
      priority: workload.providerIds.length + 1,
      prices: { '': { amountMinor: 410, currency: 'RUB' } },
      ...accounts[company.api],
    },
  });
  company.providerId = answer.body.providerId;
  company.reportTo(answer.body.callbackUrl);
  workload.providerIds.push(company.providerId);
};

/** Two companies that write to their debtors and customers; the second is stricter with itself. */
const entities = [
  {
    name: 'Collect LLC',
    country: 'RU',
    presets: { debt: ['RU-230'] },
    limits: { marketing: { perDay: 2, perWeek: 3 } },
  },
  {
    name: 'Kind LLC',
    country: 'RU',
    presets: { debt: ['RU-230'] },
    limits: { debt: { perDay: 1, perWeek: 3 }, marketing: { perDay: 1 } },
    window: { from: '09:00', to: '21:00' },
    windowForTransactional: true,
  },
] as const;

const addEntity = async (workload: Workload, manager: ApiUser, index: number): Promise<void> => {
  const answer = await manager.insist('POST /v1/legal-entities', {
    key: `entity-${index}`,
    body: entities[index],
  });
  const { entityId } = answer.body;
  for (const providerId of workload.providerIds)
    await manager.insist(`PUT /v1/legal-entities/${entityId}/providers/${providerId}`, { body: {} });
  workload.entityIds.push(entityId);
};

/** Everybody who gets messages has agreed to half of the entities, so that marketing has somewhere to go. */
const addConsents = async (workload: Workload, manager: ApiUser): Promise<void> => {
  for (const [index, { phone }] of workload.scenario.recipients.entries())
    for (const entityId of index % 2 === 0 ? workload.entityIds : workload.entityIds.slice(0, 1))
      await manager.insist('POST /v1/consents', {
        key: `consent-${phone}-${entityId}`,
        body: { entityId, phone, proof: 'form 1' },
      });
};

/** Before anything goes wrong: companies, entities, limits, and a key for each service but the first. */
export const setUp = async (workload: Workload, manager: ApiUser, admin: ApiUser): Promise<Who[]> => {
  for (const company of workload.outside.companies) await addProvider(workload, admin, company);
  for (const index of entities.keys()) await addEntity(workload, manager, index);
  await addConsents(workload, manager);
  const { codes } = workload.scenario;
  const settings = await admin.insist('GET /v1/sign-in/settings');
  await admin.insist('PATCH /v1/sign-in/settings', {
    ifMatch: settings.etag ?? '',
    body: {
      limits: { codesPerPhoneHour: codes.perPhoneHour, codesPerAddressHour: codes.perAddressHour },
    },
  });
  const machines: Who[] = [];
  for (let index = 1; index < workload.scenario.services; index += 1) {
    const made = await admin.insist('POST /v1/api-keys', {
      key: `machine-${index}`,
      body: {
        name: `Service ${index}`,
        scopes: ['sms:send', 'sms:read'],
        entityIds: workload.entityIds,
        categories: ['transactional', 'debt', 'marketing'],
        messagesPerDay: 100_000,
      },
    });
    machines.push({ id: `machine-0${index}`, token: made.body.key });
  }
  return machines;
};
