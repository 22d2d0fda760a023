/**
 * The CloudFormation template that `serverless package` makes of all modules in one, kept as long as nothing it is made of
 * changes. Bundling is left out (see plugin/index.js): resources and environments do not depend on it.
 */
import { cpSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { closeRoom, openRoom, osls, TEMPLATE } from '../scripts/stacks/room.ts';
import type { Template } from './cloudformation.ts';
import { fingerprint } from './fingerprint.ts';
import { readTemplate } from './provision.ts';

/** Everything that the template is made of, apart from code. */
const SOURCES = [
  '*.yml',
  'package*.json',
  'functions/**/*.yml',
  'infra/**/*.{ts,cjs}',
  'lib/platform/events/routes.{json,ts}',
  'lib/*/module.ts',
  'localstack/plugin/index.js',
];

/** Path of the template for a stage; packages it first when something changed since. */
export async function packagedTemplate(cacheDir: string, stage = 'local'): Promise<string> {
  const kept = join(cacheDir, `template-${stage}-${fingerprint(SOURCES, stage)}.json`);
  if (existsSync(kept)) return kept;
  const room = openRoom();
  try {
    await packageWithoutCode(room, ['--stage', stage], process.env);
    mkdirSync(cacheDir, { recursive: true });
    // Two starts at once may both come here: a rename puts a whole file there or none.
    const half = `${kept}.${process.pid}`;
    cpSync(join(room, TEMPLATE), half);
    renameSync(half, kept);
  } finally {
    closeRoom(room);
  }
  return kept;
}

/** @throws Error with what osls said when it fails. */
export async function packageWithoutCode(
  room: string,
  options: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const templateOnly = { ...env, ROTADESK_TEMPLATE_ONLY: join(room, 'nothing.zip') };
  const { isOk, output } = await osls(room, ['package', ...options], { env: templateOnly });
  if (!isOk) throw new Error(`serverless package failed:\n${output}`);
}

export async function loadPackagedTemplate(cacheDir: string): Promise<Template> {
  return readTemplate(await packagedTemplate(cacheDir));
}
