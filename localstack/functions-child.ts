/** The product's functions and HTTP API: `serverless offline start` as a child process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { endChild } from './dynoxide.ts';
import { masterSecret } from './master-secret.ts';
import { projectRoot } from './places.ts';
import { LOCAL_CREDENTIALS } from './provision.ts';
import { LOCAL_AUDIENCE, LOCAL_ISSUER, localJwks } from './tokens.ts';

export interface FunctionsOptions {
  readonly awsUrl: string;
  readonly httpPort: number;
  readonly websocketPort: number;
  /** Where callers reach the product: the address in links, and the one origin whose pages have cookie sessions. */
  readonly publicUrl: string;
  readonly dataDir: string;
  /** Where e-mails are handed over; none: nowhere. */
  readonly smtpUrl?: string;
  /** Their output goes here; undefined: to the terminal. */
  readonly logFile?: string;
  readonly onSpawn: (pid: number) => void;
}

export interface Functions {
  /** Settles when the API answers and the queues are being listened to; rejects when that does not come about. */
  readonly ready: Promise<void>;
  /** Settles when the child ended; during a run that is a failure. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

/** The first start bundles everything, which a busy machine of two cores has needed two minutes for. */
const READY_WITHIN_MS = 300_000;
const STOP_WITHIN_MS = 10_000;

export async function startFunctions(options: FunctionsOptions): Promise<Functions> {
  const child = spawn(process.execPath, command(options), {
    cwd: projectRoot,
    env: await environment(options),
    stdio: ['ignore', ...output(options.logFile), 'ipc'],
  });
  if (child.pid !== undefined) options.onSpawn(child.pid);
  const ended = once(child, 'exit');
  return { ready: readiness(child, ended), ended, stop: () => endChild(child, STOP_WITHIN_MS) };
}

async function readiness(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  const late = AbortSignal.timeout(READY_WITHIN_MS);
  const failed = ended.then(() => Promise.reject(new Error('the functions did not start')));
  const tooLate = () =>
    Promise.reject(new Error(`the functions were not ready within ${READY_WITHIN_MS / 1000} s`));
  const said = once(child, 'message', { signal: late }).catch(tooLate);
  const [message] = (await Promise.race([said, failed])) as [{ ready?: boolean }];
  if (!message.ready) throw new Error(`the functions said ${JSON.stringify(message)}`);
}

function output(logFile: string | undefined): ['inherit', 'inherit'] | [number, number] {
  if (logFile === undefined) return ['inherit', 'inherit'];
  const file = openSync(logFile, 'w');
  return [file, file];
}

function command({ httpPort, websocketPort }: FunctionsOptions): string[] {
  const serverless = join(projectRoot, 'node_modules/serverless/bin/serverless.js');
  const ports = ['--httpPort', String(httpPort), '--websocketPort', String(websocketPort)];
  return [serverless, 'offline', 'start', '--stage', 'local', ...ports, '--noSponsor'];
}

async function environment(options: FunctionsOptions): Promise<NodeJS.ProcessEnv> {
  // The user's own AWS settings must not reach the functions: nothing here may touch a real account.
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  return {
    ...Object.fromEntries(own),
    AWS_ENDPOINT_URL: options.awsUrl,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    ROTADESK_BUILD: join(options.dataDir, 'build'),
    // The tokens of the command line first, then those of the product's own sign-in.
    AUTH_JWKS: await localJwks(options.dataDir),
    AUTH_JWKS_URL: `http://127.0.0.1:${options.httpPort}/.well-known/jwks.json`,
    AUTH_ISSUER: LOCAL_ISSUER,
    AUTH_AUDIENCE: LOCAL_AUDIENCE,
    PUBLIC_URL: options.publicUrl,
    LIVE_CALLBACK_URL: `http://127.0.0.1:${options.websocketPort}`,
    // Providers' sandboxes and receivers of webhooks live on this machine as well.
    OUTBOUND_LOOPBACK: 'allowed',
    MASTER_SECRET: masterSecret(options.dataDir),
    ...(options.smtpUrl && { SMTP_URL: options.smtpUrl }),
  };
}
