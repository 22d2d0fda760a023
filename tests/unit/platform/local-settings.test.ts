import { refuseLocalSettings } from '../../../lib/platform/local-settings.ts';
import { createRuntime } from '../../../lib/platform/open-runtime.ts';

const settings = [
  ['the way to servers of the same machine', { OUTBOUND_LOOPBACK: 'allowed' }],
  ['a master secret in clear', { MASTER_SECRET: 'x'.repeat(32) }],
  ['the issuer of the local tokens', { AUTH_ISSUER: 'https://local.rotadesk.invalid' }],
  ['an issuer nobody can own', { AUTH_ISSUER: 'https://anybody.INVALID:443/path' }],
] as const;

test.each(settings)('R-AUTH-04 a process on real AWS does not start with %s', (_, env) => {
  expect(() => refuseLocalSettings(env)).toThrow(Object.keys(env)[0]);
  expect(() => createRuntime({ STAGE: 'prod', ...env })).toThrow(Object.keys(env)[0]);
});

test.each(settings)('on the stand-ins it starts with %s', (_, env) => {
  expect(() => refuseLocalSettings({ ...env, AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' })).not.toThrow();
});

test('settings of a deployed stage pass', () => {
  const env = {
    AUTH_ISSUER: 'https://id.invalid.example',
    OUTBOUND_LOOPBACK: '',
    PUBLIC_URL: 'https://x.invalid',
  };
  expect(() => refuseLocalSettings(env)).not.toThrow();
});
