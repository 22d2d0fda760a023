import { generateKeyPairSync } from 'node:crypto';
import { merge, moduleDeclaration, settingsSchema } from '../../infra/declaration.ts';
import { pascal, queueVariable } from '../../infra/names.ts';

const settings = {
  authIssuer: 'https://id.firm.example',
  authAudience: 'rotadesk',
  authJwksUrl: '',
  authJwks: '',
  corsOrigins: 'https://desk.firm.example',
  alarmEmail: '',
  logLevel: 'INFO',
  deletionProtection: 'true',
};
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwks = (key: typeof pair.publicKey): string =>
  JSON.stringify({ keys: [key.export({ format: 'jwk' })] });

test('public keys may be given as a parameter', () => {
  expect(settingsSchema.safeParse({ ...settings, authJwks: jwks(pair.publicKey) }).success).toBe(true);
});

test.each([
  ['a private key', jwks(pair.privateKey)],
  ['a shared secret', '{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}'],
  ['no JWKS at all', 'https://id.firm.example'],
])('%s is refused before anything is packaged', (_, authJwks) => {
  expect(settingsSchema.safeParse({ ...settings, authJwks }).success).toBe(false);
});

test('a word that is not known in functions.yml is refused', () => {
  expect(() => moduleDeclaration.parse({ functions: {}, queue: {} })).toThrow();
});

test('two modules cannot declare the same queue', () => {
  const one = moduleDeclaration.parse({ functions: {}, queues: { journal: { ageAlarmSec: 60 } } });
  expect(() => merge([one, one])).toThrow(/journal/);
});

test('names of AWS things follow from ours', () => {
  expect([pascal('tickets-new'), queueVariable('inbound-messages.fifo')]).toEqual([
    'TicketsNew',
    'QUEUE_INBOUND_MESSAGES',
  ]);
});
