/**
 * The CloudFormation template that `serverless package` makes, kept as long as nothing it is made of changes.
 * Bundling is left out (see plugin/template-only.js): resources and environments do not depend on it.
 */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Template } from './cloudformation.ts';
import { fingerprint } from './fingerprint.ts';
import { projectRoot } from './places.ts';
import { readTemplate } from './provision.ts';

const run = promisify(execFile);
const TEMPLATE = 'cloudformation-template-update-stack.json';

/** Everything that the template is made of, apart from code. */
const SOURCES = [
  '*.yml',
  'package*.json',
  'functions/**/*.yml',
  'infra/**/*.{ts,cjs}',
  'lib/platform/events/routes.ts',
  'localstack/plugin/index.js',
];

/** Path of the template for a stage; packages it first when something changed since. */
export async function packagedTemplate(cacheDir: string, stage = 'local'): Promise<string> {
  const kept = join(cacheDir, `template-${stage}-${fingerprint(SOURCES, stage)}.json`);
  if (existsSync(kept)) return kept;
  const room = mkdtempSync(join(tmpdir(), 'rotadesk-package-'));
  try {
    await packageInto(room, stage);
    mkdirSync(cacheDir, { recursive: true });
    // Two starts at once may both come here: a rename puts a whole file there or none.
    const half = `${kept}.${process.pid}`;
    cpSync(join(room, '.serverless', TEMPLATE), half);
    renameSync(half, kept);
  } finally {
    rmSync(room, { recursive: true, force: true });
  }
  return kept;
}

/** What packaging reads, besides serverless.yml. */
const PARTS = ['functions', 'infra', 'lib', 'localstack', 'node_modules', 'package.json'];

/** In a room of its own: osls writes to fixed folders of the service, where another start or test may be packaging. */
async function packageInto(room: string, stage: string): Promise<void> {
  for (const part of PARTS) symlinkSync(join(projectRoot, part), join(room, part));
  // osls takes no link for its configuration.
  cpSync(join(projectRoot, 'serverless.yml'), join(room, 'serverless.yml'));
  const serverless = join(projectRoot, 'node_modules/serverless/bin/serverless.js');
  const env = { ...process.env, TMPDIR: room, ROTADESK_TEMPLATE_ONLY: join(room, 'nothing.zip') };
  try {
    await run(process.execPath, [serverless, 'package', '--stage', stage], { cwd: room, env });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`serverless package failed:\n${stdout}${stderr}`, { cause: error });
  }
}

export async function loadPackagedTemplate(cacheDir: string): Promise<Template> {
  return readTemplate(await packagedTemplate(cacheDir));
}
