import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packagedTemplate } from '../../localstack/package-template.ts';
import { people } from '../../localstack/people.ts';
import { SANDBOX_ACCOUNTS } from '../../localstack/sandboxes/sms/index.ts';
import { LOCAL_AUDIENCE, LOCAL_ISSUER } from '../../localstack/tokens.ts';
import { archives } from './support/packaged.ts';

/** What exists on a laptop only: its people, its issuer, its sandboxes' accounts. */
const LOCAL_NAMES = [
  LOCAL_ISSUER,
  LOCAL_AUDIENCE,
  'sandbox',
  '/demo/',
  'demo-sign-in',
  'IS_OFFLINE',
  'ROTADESK_',
  ...Object.values(people).flatMap(({ id, phone, email }) => [id, phone, email]),
  ...Object.values(SANDBOX_ACCOUNTS).flatMap((account) => Object.values(account)),
].filter((name) => name !== undefined);
/** Settings that only the local start gives. Code refuses them on AWS, so bundles know their names; a template must not. */
const LOCAL_SETTINGS = ['MASTER_SECRET"', 'OUTBOUND_LOOPBACK', 'AWS_ENDPOINT_URL'];

const found = (text: string, names: readonly string[]): string[] =>
  names.filter((name) => text.toLowerCase().includes(name.toLowerCase()));

const room = mkdtempSync(join(tmpdir(), 'rotadesk-prod-'));
afterAll(() => rmSync(room, { recursive: true, force: true }));

test('the template of prod holds nothing that exists for a laptop', async () => {
  const text = readFileSync(await packagedTemplate(room, 'prod'), 'utf8');
  expect(text).toContain('prod-rotadesk-platform');
  expect(found(text, [...LOCAL_NAMES, ...LOCAL_SETTINGS, '.invalid', 'localhost', '127.0.0.1'])).toEqual([]);
});

test.each([...archives])('the bundle of %s holds nobody and nothing of a laptop', (_, archive) => {
  for (const content of archive.values()) {
    expect(found(content.toString('utf8'), LOCAL_NAMES)).toEqual([]);
  }
});

test.each([undefined, 'http://localhost.evil.example'])(
  'the stage local is not deployed to %s',
  async (AWS_ENDPOINT_URL) => {
    const root = join(__dirname, '../..');
    const serverless = join(root, 'node_modules/serverless/bin/serverless.js');
    const env = { PATH: process.env.PATH, HOME: room, ...(AWS_ENDPOINT_URL && { AWS_ENDPOINT_URL }) };
    const deploy = promisify(execFile)(
      process.execPath,
      [serverless, 'deploy', '--stage', 'local', '--param=module=audit'],
      {
        cwd: root,
        env: env as NodeJS.ProcessEnv,
      },
    );
    const { stdout, stderr } = await deploy.catch((error) => error);
    expect(`${stdout}${stderr}`).toContain('The stage local is for this machine');
  },
);
