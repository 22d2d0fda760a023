import { generateKeyPairSync } from 'node:crypto';
import { issuer, jwksUrl, publicUrl } from '../../infra/addresses.ts';
import { merge, moduleDeclaration, settingsSchema } from '../../infra/declaration.ts';
import { senderAddress } from '../../infra/mail.ts';
import { pascal, queueId, tableVariable } from '../../infra/names.ts';

const settings = {
  publicUrl: '',
  mailTransport: 'ses',
  mailFrom: 'Desk <desk@firm.example>',
  smtpUrl: '',
  authIssuer: 'https://id.firm.example',
  authAudience: 'rotadesk',
  authJwksUrl: '',
  authJwks: '',
  outboundPorts: '443,8443',
  providerHosts: '',
  emailHosts: '',
  corsOrigins: 'https://desk.firm.example',
  originSecretSha256: '',
  originSecretName: '',
  consoleDomain: '',
  consoleCertificateArn: '',
  consoleWebAclArn: '',
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

test.each([
  ['an address without TLS', { publicUrl: 'http://desk.firm.example' }],
  ['an address with a slash at its end', { publicUrl: 'https://desk.firm.example/' }],
  ['keys from an address without TLS', { authJwksUrl: 'http://id.firm.example/jwks.json' }],
  ['a sender who is none', { mailFrom: 'desk' }],
  ['a transport that nobody knows', { mailTransport: 'pigeon' }],
  ['a port that is none', { outboundPorts: 'https' }],
  ['a provider’s host that is an address', { providerHosts: '127.0.0.1' }],
  ['a provider’s host without a domain', { providerHosts: 'localhost' }],
  ['a provider’s host with a path', { providerHosts: 'sms.firm.example/api' }],
  ['SMTP without a server', { mailTransport: 'smtp' }],
  ['every origin there is', { corsOrigins: '*' }],
  ['an origin without TLS', { corsOrigins: 'https://desk.firm.example,http://desk.firm.example' }],
  ['an origin with a path', { corsOrigins: 'https://desk.firm.example/' }],
  ['the origin’s secret itself', { originSecretSha256: 'a secret', publicUrl: 'https://desk.firm.example' }],
  ['a front without its address', { originSecretSha256: 'a'.repeat(64) }],
])('%s is refused before anything is packaged', (_, wrong) => {
  expect(settingsSchema.safeParse({ ...settings, ...wrong }).success).toBe(false);
});

test.each(['', 'sms.firm.example', 'sms.firm.example,eu.sms.example:9443'])(
  'providers may be reached by way of %s',
  (providerHosts) => expect(settingsSchema.safeParse({ ...settings, providerHosts }).success).toBe(true),
);

test.each([
  ['Desk <desk@firm.example>', 'desk@firm.example'],
  ['desk@firm.example', 'desk@firm.example'],
])('the right to send as %s is one to send as %s', (mailFrom, address) => {
  expect(senderAddress(settingsSchema.parse({ ...settings, mailFrom }))).toBe(address);
});

test('a deployment at an address of its own is the issuer there, and its keys stay at the gateway', () => {
  const own = settingsSchema.parse({ ...settings, authIssuer: '', publicUrl: 'https://desk.firm.example' });
  expect([publicUrl(own), issuer(own)]).toEqual(['https://desk.firm.example', 'https://desk.firm.example']);
  expect(jwksUrl(own)).toHaveProperty(
    ['Fn::Sub'],
    expect.stringMatching(/HttpApi.*\/\.well-known\/jwks\.json$/),
  );
});

test('a deployment behind CloudFront has its keys there: the gateway answers nobody else', () => {
  const fronted = settingsSchema.parse({
    ...settings,
    authIssuer: '',
    publicUrl: 'https://desk.firm.example',
    originSecretSha256: 'a'.repeat(64),
  });
  expect(jwksUrl(fronted)).toBe('https://desk.firm.example/.well-known/jwks.json');
});

test('an issuer elsewhere wins', () => {
  const elsewhere = settingsSchema.parse({ ...settings, authJwksUrl: 'https://id.firm.example/jwks.json' });
  expect([issuer(elsewhere), jwksUrl(elsewhere)]).toEqual([
    'https://id.firm.example',
    'https://id.firm.example/jwks.json',
  ]);
});

test('a word that is not known in functions.yml is refused', () => {
  expect(() => moduleDeclaration.parse({ functions: {}, queue: {} })).toThrow();
});

test('two modules cannot declare the same queue', () => {
  const one = { ...moduleDeclaration.parse({ functions: {}, queues: { journal: {} } }), functions: {} };
  expect(() => merge([one, one])).toThrow(/journal/);
});

test('names of AWS things follow from ours', () => {
  expect([pascal('tickets-new'), queueId('inbound-messages.fifo'), tableVariable('desk')]).toEqual([
    'TicketsNew',
    'InboundMessagesQueue',
    'TABLE_DESK',
  ]);
});
