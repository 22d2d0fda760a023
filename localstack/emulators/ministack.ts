/** MiniStack from PyPI: answers as LocalStack does, needs Python 3.10 with venv, no Docker. */
import { delimiter, dirname, join } from 'node:path';
import { projectRoot } from '../places.ts';
import { freePort } from '../ports.ts';
import type { Emulator } from './emulator.ts';
import { EMULATORS, installed, pinnedVersion, startPythonEmulator } from './python-emulator.ts';

const requirements = 'ministack-requirements.txt';

export interface MinistackOptions {
  readonly region: string;
  /** Services to start, comma between; nothing: all of them. */
  readonly services?: string;
  /** 0 or nothing: any free one. */
  readonly port?: number;
  /** Gives up installing. */
  readonly signal?: AbortSignal;
}

/** Starts it on 127.0.0.1, in memory; installs it first when it is not there. @throws NotToBeHad */
export async function startMinistack(options: MinistackOptions): Promise<Emulator> {
  const { region, services, signal } = options;
  const python = await installed({ title: 'MiniStack', python: 'python3', requirements, signal });
  const port = options.port || (await freePort());
  return startPythonEmulator({
    name: `MiniStack ${pinnedVersion(requirements, 'ministack')}`,
    python,
    script: 'ministack_server.py',
    port,
    env: (folder) => ({
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      MINISTACK_REGION: region,
      LOG_LEVEL: 'WARNING',
      TMPDIR: folder,
      // Functions run on the Node that it finds first.
      PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`,
      NODE_OPTIONS: `--require=${join(projectRoot, EMULATORS, 'resolve-cjs.cjs')}`,
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      ...(services !== undefined && { SERVICES: services }),
    }),
  });
}
