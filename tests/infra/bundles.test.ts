import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { archives, functions, template } from './support/packaged.ts';

const BUDGET_BYTES = 500_000;
/** Functions which hold something that is worth its weight. */
const EXCEPTIONS: Readonly<Record<string, number>> = {
  'desk-http': 700_000, // the S3 client, its signer and magic-bytes.js: 160 KB
  'platform-http': 600_000, // the OpenAPI document: 110 KB
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

test.each(files)('$name holds no source: $path', ({ path, text }) => {
  expect(path).toMatch(/^functions\/[\w-]+\/[\w-]+\.cjs$/);
  expect(text).not.toMatch(/sourceMappingURL|sourcesContent/);
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

/** Loads a bundle as Lambda does, in a process and a folder which hold nothing else. */
const load = (name: string): string => {
  const room = mkdtempSync(join(tmpdir(), 'rotadesk-bundle-'));
  try {
    const [[path, content]] = [...(archives.get(name) ?? [])] as [[string, Buffer]];
    mkdirSync(join(room, dirname(path)), { recursive: true });
    writeFileSync(join(room, path), content);
    const script = `console.log(typeof require(${JSON.stringify(join(room, path))}).handler)`;
    const run = spawnSync(process.execPath, ['-e', script], {
      cwd: room,
      encoding: 'utf8',
      env: { STAGE: 'dev', TABLE_PLATFORM: 'platform', AWS_REGION: 'eu-central-1' },
    });
    return run.stdout.trim() || run.stderr;
  } finally {
    rmSync(room, { recursive: true, force: true });
  }
};

test.each(functions)('$name loads with nothing beside it', ({ name }) => {
  expect(load(name)).toBe('function');
});
