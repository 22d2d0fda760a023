import { checkProviders } from '../../../lib/sms/sending/check-providers.ts';
import { handOff } from '../../../lib/sms/sending/hand-off.ts';
import type { RunningCentre } from '../../../localstack/sandboxes/sms/index.ts';
import { drain, startAws, type TestAws, testRuntime } from '../../support/aws/index.ts';
import { type Figure, measured } from '../../support/measured.ts';
import { addEntity, register, smsWorld } from '../../support/sms.ts';
import { addProvider, queueSms, reread, sandboxFor } from '../../support/sms-sending/world.ts';
import { newUser } from '../../support/staff.ts';

let aws: TestAws;
let rt: ReturnType<typeof measured>['rt'];
let figures: Figure[];
let sandbox: RunningCentre;

beforeEach(async () => {
  aws = await startAws();
  ({ rt, figures } = measured(await testRuntime(aws)));
  sandbox = await sandboxFor(rt);
});
afterEach(async () => {
  await sandbox.stop();
  await aws.stop();
});

const named = (...names: string[]) =>
  figures.filter(({ name }) => names.includes(name)).map(({ name, value, by }) => ({ name, value, by }));

test('R-SMS-02 a message that a provider takes, and what that cost, are figures; so is its arrival', async () => {
  await addProvider(rt, sandbox, 'smsc', { currency: 'RUB' });
  const sms = await queueSms(rt);
  await handOff(rt, sms.id);
  expect(named('SmsSpent')).toEqual([{ name: 'SmsSpent', value: 4.1, by: { currency: 'RUB' } }]);
  const [ref = ''] = (await reread(rt, sms)).attempts[0]?.providerIds.filter((id) => /^\d+$/.test(id)) ?? [];
  sandbox.centre.advance(ref, '1');
  await sandbox.settled();
  await drain(rt);
  expect(named('SmsDelivered', 'SmsRefused')).toEqual([{ name: 'SmsDelivered', value: 1, by: {} }]);
});

test('R-SMS-05 a message that every provider refuses is one figure, and costs nothing', async () => {
  await addProvider(rt, sandbox, 'smsru', { currency: 'RUB' });
  sandbox.centre.control('smsru', { refuse: { code: '201' } });
  await handOff(rt, (await queueSms(rt)).id);
  await drain(rt);
  expect(named('SmsRefused', 'SmsDelivered', 'SmsSpent')).toEqual([{ name: 'SmsRefused', value: 1, by: {} }]);
});

test('R-SMS-04 a provider that does not answer is counted at each look, and one whose account runs low', async () => {
  await addProvider(rt, sandbox, 'smsru', { lowBalance: '10' });
  await addProvider(rt, sandbox, 'smsc', { currency: 'RUB' });
  await checkProviders(rt);
  expect(named('ProviderNotWell', 'ProviderBalanceLow')).toEqual([]);
  const low = await addProvider(rt, sandbox, 'smsru', { lowBalance: '10.01' });
  const wrong = await addProvider(rt, sandbox, 'smsru', { secrets: { apiId: 'of-somebody-else' } });
  await checkProviders(rt);
  expect(
    figures.filter(({ name }) => name.startsWith('Provider')).map(({ name, fields }) => [name, fields]),
  ).toEqual(
    expect.arrayContaining([
      ['ProviderBalanceLow', { providerId: low.id, amount: '10' }],
      ['ProviderNotWell', expect.objectContaining({ providerId: wrong.id, state: 'refusing' })],
    ]),
  );
  expect(figures.filter(({ name }) => name.startsWith('Provider'))).toHaveLength(2);
});

test('R-SMS-04 nobody is told of a low balance where none was named', async () => {
  await addProvider(rt, sandbox, 'smsru');
  await checkProviders(rt);
  expect(named('ProviderBalanceLow')).toEqual([]);
});

test('R-SMS-01 a message that was registered is a figure, and so is one without the consent it needs', async () => {
  const world = await smsWorld();
  const received = measured(world.rt);
  const entity = await addEntity(world);
  const registered = { ...world, rt: received.rt, manager: newUser(received.rt, 'manager') };
  await register(registered, entity);
  await register(registered, entity, { category: 'marketing' });
  await drain(received.rt, { allowFailures: true });
  const counted = received.figures.map(({ name }) => name).filter((name) => /^Sms/.test(name));
  expect(counted).toEqual(['SmsAccepted', 'SmsRefused']);
  await world.aws.stop();
});
