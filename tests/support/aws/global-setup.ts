import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { packagedTemplate } from '../../../localstack/package-template.ts';
import { cacheDir, projectRoot } from '../../../localstack/places.ts';

declare global {
  var standIns: ChildProcess | undefined;
}

/** Once per jest run: the packaged template, and one pair of stand-ins in memory for all workers. */
export default async function globalSetup(): Promise<void> {
  const [file, url] = await Promise.all([
    packagedTemplate(cacheDir()),
    process.env.ROTADESK_TEST_ENDPOINT ?? spawnStandIns(),
  ]);
  process.env.ROTADESK_TEST_TEMPLATE = file;
  process.env.ROTADESK_TEST_AWS = url;
}

async function spawnStandIns(): Promise<string> {
  // A process of its own: fauxqs is an ES module, and a busy store must not share a thread with tests.
  const child = spawn(process.execPath, [join(projectRoot, 'localstack/stand-ins.ts'), '--tied'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  globalThis.standIns = child;
  const ended = once(child, 'exit').then(() => {
    throw new Error('the stand-ins did not start; see above');
  });
  const [line] = await Promise.race([once(child.stdout, 'data'), ended]);
  ended.catch(() => {});
  return String(line).trim();
}
