import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { httpEvent, lambdaContext } from '../support/platform/request.ts';
import { archives, functions, template } from './support/packaged.ts';

const BUDGET_BYTES = 500_000;
/** Functions which hold something that is worth its weight. */
const EXCEPTIONS: Readonly<Record<string, number>> = {
  'desk-http': 640_000, // zod's schemas of 45 endpoints, magic-bytes.js
  'identity-http': 740_000, // libphonenumber-js with all numbering plans: 140 KB
  'notifications-compose': 695_000, // liquidjs, parse5: 180 KB
  'notifications-http': 715_000, // liquidjs, parse5
  'sms-http': 890_000, // libphonenumber-js, csv-parse, the law presets, ipaddr.js
  'sms-request': 610_000, // libphonenumber-js
  'sms-send': 530_000, // three providers, and the schemas of everything it reads
  'sms-send-codes': 530_000, // as sms-send
  'notifications-send-email': 760_000, // nodemailer without SMTP, the SES client: 220 KB
};

const files = [...archives].flatMap(([name, archive]) =>
  [...archive].map(([path, content]) => ({
    name,
    path,
    text: content.toString('utf8'),
    bytes: content.length,
  })),
);

afterAll(() => {
  const sizes = files.map(({ name, bytes }) => `${name} ${(bytes / 1000).toFixed(0)}`);
  console.log(`KB minified: ${sizes.join(', ')}`);
});

test('each function has its bundle', () => {
  expect([...archives.keys()].sort()).toEqual(functions.map(({ name }) => name).sort());
});

test.each(files)('$name is small', ({ name, bytes }) => {
  expect(bytes).toBeLessThanOrEqual(EXCEPTIONS[name] ?? BUDGET_BYTES);
});

test('no bundle holds the S3 client', () => {
  expect(files.filter(({ text }) => text.includes('com.amazonaws.s3')).map(({ name }) => name)).toEqual([]);
});

test.each(files)('$name holds no source: $path', ({ path, text }) => {
  expect(path).toMatch(/^functions\/[\w-]+\/[\w-]+\.cjs$/);
  expect(text).not.toMatch(/sourceMappingURL|sourcesContent/);
});

test('e-mails leave by the stage’s transport, and nothing of the other one is in the bundle', () => {
  const [text = ''] = files.flatMap((each) => (each.name === 'notifications-send-email' ? each.text : []));
  expect([text.includes('email/outbound-emails'), text.includes('STARTTLS')]).toEqual([true, false]);
});

describe('no key', () => {
  const PRIVATE = [
    /["']?\bd["']?\s*:\s*["'][A-Za-z0-9_-]{40,}["']/, // the private part of a JWK
    /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
    /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  ];
  const LOCAL = /\.local\/|127\.0\.0\.1:\d|localstack\//;

  /** A key may stand in a string within JSON, with its quotes escaped. */
  const secrets = (text: string): string[] =>
    [...PRIVATE, LOCAL].flatMap((pattern) => text.replaceAll('\\"', '"').match(pattern)?.[0] ?? []);

  test('the patterns find what they are for', () => {
    const { privateKey } = require('node:crypto').generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwk = JSON.stringify(privateKey.export({ format: 'jwk' }));
    const minified = jwk.replaceAll(/"(\w+)":/g, '$1:');
    const within = JSON.stringify({ AUTH_JWKS: jwk });
    for (const text of [jwk, minified, within, privateKey.export({ format: 'pem', type: 'pkcs8' })]) {
      expect(secrets(text)).toHaveLength(1);
    }
  });

  test.each(files)('in $name, and nothing of the local start', ({ text }) => {
    expect(secrets(text)).toEqual([]);
  });

  test('in the template, and nothing of the local start', () => {
    expect(secrets(JSON.stringify(template))).toEqual([]);
  });

  test('whose tokens are believed comes from the deployment’s parameters alone, or from its own sign-in', () => {
    for (const { environment } of functions) {
      expect(environment).not.toHaveProperty('AUTH_JWKS');
      if (!environment.AUTH_JWKS_URL) continue;
      const own = 'https://${HttpApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}';
      expect(environment.AUTH_JWKS_URL).toEqual({ 'Fn::Sub': `${own}/.well-known/jwks.json` });
      expect(environment.AUTH_ISSUER).toEqual({ 'Fn::Sub': own });
    }
  });
});

/** Loads a bundle as Lambda does, in a process and a folder which hold nothing else, and prints what `use` makes of it. */
const load = (name: string, use = (bundle: string) => `typeof ${bundle}.handler`): string => {
  const room = mkdtempSync(join(tmpdir(), 'rotadesk-bundle-'));
  try {
    const [[path, content]] = [...(archives.get(name) ?? [])] as [[string, Buffer]];
    mkdirSync(join(room, dirname(path)), { recursive: true });
    writeFileSync(join(room, path), content);
    const bundle = `require(${JSON.stringify(join(room, path))})`;
    const script = `(async () => console.log(${use(bundle)}))()`;
    const run = spawnSync(process.execPath, ['-e', script], {
      cwd: room,
      encoding: 'utf8',
      env: { STAGE: 'dev', TABLE_PLATFORM: 'platform', AWS_REGION: 'eu-central-1', LOG_LEVEL: 'SILENT' },
    });
    return run.stdout.trim() || run.stderr;
  } finally {
    rmSync(room, { recursive: true, force: true });
  }
};

test.each(functions)('$name loads with nothing beside it', ({ name }) => {
  expect(load(name)).toBe('function');
});

test('the API’s document comes out of its bundle as it went in', () => {
  const [event, context] = [httpEvent('GET /v1/openapi.json'), lambdaContext()].map((each) =>
    JSON.stringify(each),
  );
  const text = load('platform-http', (bundle) => `(await ${bundle}.handler(${event}, ${context})).body`);
  const document = JSON.parse(readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8'));
  expect(JSON.parse(text)).toEqual(document);
});

test.each(functions)('$name starts without making code of text', ({ name }) => {
  const counting = 'new Proxy(Function, { construct: (of, args) => (made++, Reflect.construct(of, args)) })';
  const made = load(
    name,
    (bundle) => `(globalThis.made = 0, globalThis.Function = ${counting}, ${bundle}, made)`,
  );
  expect(made).toBe('0');
});
