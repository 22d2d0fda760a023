/** LocalStack from PyPI, without Docker, where a Python 3.13 is: its own front, SQS and S3; dynoxide is its DynamoDB engine. */
import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { dynoxideBinary, StandInMissing } from '../dynoxide.ts';
import { freePort } from '../ports.ts';
import { tryCommand } from './commands.ts';
import { type Emulator, NotToBeHad } from './emulator.ts';
import { installed, pinnedVersion, startPythonEmulator } from './python-emulator.ts';

const requirements = 'localstack-requirements.txt';
const ASKED_WITHIN_MS = 15_000;

/** Starts it on 127.0.0.1, in memory; installs it first when it is not there. @throws NotToBeHad */
export async function startLocalstackHost(signal?: AbortSignal): Promise<Emulator> {
  const maker = await python313(signal);
  const dynoxide = binary();
  const python = await installed({
    title: 'LocalStack',
    python: maker,
    requirements,
    pip: ['--require-hashes', '--no-deps'],
    signal,
  });
  const port = await freePort();
  return startPythonEmulator({
    name: `LocalStack ${pinnedVersion(requirements, 'localstack-core')}`,
    python,
    script: 'localstack_server.py',
    port,
    env: (folder) => ({
      GATEWAY_LISTEN: `127.0.0.1:${port}`,
      SERVICES: 'dynamodb,sqs,s3',
      EAGER_SERVICE_LOADING: '1',
      DISABLE_EVENTS: '1',
      DNS_ADDRESS: '0',
      SKIP_SSL_CERT_DOWNLOAD: '1',
      SQS_ENDPOINT_STRATEGY: 'dynamic',
      LS_LOG: 'warning',
      FILESYSTEM_ROOT: folder,
      DYNOXIDE: dynoxide,
    }),
  });
}

const binary = (): string => {
  try {
    return dynoxideBinary();
  } catch (error) {
    if (!(error instanceof StandInMissing)) throw error;
    throw new NotToBeHad('LocalStack needs dynoxide, which has no binary for this platform', {
      cause: error,
    });
  }
};

/** LocalStack 4.14 runs on 3.13 alone, whatever its package says. */
async function python313(signal?: AbortSignal): Promise<string> {
  for (const candidate of ['python3.13', ...pyenvs()]) {
    try {
      const options = { withinMs: ASKED_WITHIN_MS, ...(signal && { signal }) };
      if ((await tryCommand(candidate, ['--version'], options)).startsWith('Python 3.13.')) return candidate;
    } catch (error) {
      if (!(error instanceof NotToBeHad)) throw error;
    }
  }
  throw new NotToBeHad('python3.13: not installed');
}

/** A shim of pyenv names a version and fails where another is chosen. */
const pyenvs = (): string[] => {
  const root = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  try {
    const versions = readdirSync(root).filter((name) => name.startsWith('3.13.'));
    return versions.map((name) => join(root, name, 'bin', 'python3.13'));
  } catch {
    // No pyenv.
    return [];
  }
};
