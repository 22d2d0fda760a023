/** LocalStack from localstack/docker-compose.yml, where a Docker engine answers. */
import { randomUUID } from 'node:crypto';
import { freePort } from '../ports.ts';
import { type CommandOptions, tryCommand } from './commands.ts';
import type { Emulator } from './emulator.ts';

const ENGINE_WITHIN_MS = 15_000;
const UP_WITHIN_MS = 300_000;
const DOWN_WITHIN_MS = 60_000;

/** Brings up a container of its own, apart from one that someone may have running. @throws NotToBeHad */
export async function startLocalstack(signal?: AbortSignal): Promise<Emulator> {
  // The client alone says nothing: it is the engine that must answer.
  await tryCommand('docker', ['info'], { withinMs: ENGINE_WITHIN_MS, signal });
  const port = await freePort();
  const env = { LOCALSTACK_PORT: String(port) };
  const project = `rotadesk-suite-${randomUUID().slice(0, 8)}`;
  const compose = (args: string[], options: CommandOptions) =>
    tryCommand('docker', ['compose', '-p', project, '-f', 'localstack/docker-compose.yml', ...args], {
      ...options,
      env,
    });
  const stop = async () => void (await compose(['down', '--volumes'], { withinMs: DOWN_WITHIN_MS }));
  try {
    await compose(['up', '-d', '--wait'], { withinMs: UP_WITHIN_MS, signal });
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
  return {
    name: 'LocalStack 4.14.0',
    url: `http://127.0.0.1:${port}`,
    ended: new Promise(() => {}),
    stop,
  };
}
