/**
 * `npm run fuzz [-- --role client --requests 5000 --seed 1]`: starts the whole product and lets Schemathesis loose on it, from
 * its own OpenAPI document, in each of four roles. Exits with 1 when any answer was a 5xx or none came. Needs `schemathesis`
 * on the PATH (`pip install schemathesis`); CI does not run it.
 */
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { personNamed } from '../../localstack/people.ts';
import { type CountingProxy, startCountingProxy } from './support/counting-proxy.ts';
import { Product } from './support/product.ts';
import { raiseRates } from './support/rates.ts';

const ROLES = ['client', 'executor-1', 'manager', 'admin'];

interface OpenApi {
  readonly paths: Readonly<Record<string, object>>;
}

const sentBy = ({ statuses }: CountingProxy): number => [...statuses.values()].reduce((sum, n) => sum + n, 0);

/** Settles with its exit code; its own findings are printed, and evaluated by what the proxy saw. It leaves files in `cwd`. */
const schemathesis = (args: readonly string[], cwd: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn('schemathesis', args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', (cause) =>
      reject(new Error('schemathesis does not start: pip install schemathesis', { cause })),
    );
    child.on('exit', (code) => resolve(code ?? 1));
  });

interface Plan {
  readonly role: string;
  readonly requests: number;
  readonly seed: number;
}

/** Goes on with other seeds until the role has sent what was asked for. */
const fuzz = async (product: Product, { role, requests, seed }: Plan) => {
  const who = personNamed(role);
  if (!who) throw new Error(`nobody is called ${role}; see npm run token -- --list`);
  const proxy = await startCountingProxy(product.api);
  try {
    const { paths } = (await (await fetch(`${product.api}/v1/openapi.json`)).json()) as OpenApi;
    const operations = Object.values(paths).flatMap((path) => Object.keys(path)).length;
    for (let round = 0; sentBy(proxy) < requests; round += 1) {
      const before = sentBy(proxy);
      const args = [
        'run',
        `${proxy.url}/v1/openapi.json`,
        ...['--url', proxy.url],
        ...['--header', `Authorization: Bearer ${await product.token(who)}`],
        ...['--checks', 'not_a_server_error', '--phases', 'coverage,fuzzing'],
        ...['--max-examples', String(Math.ceil(requests / operations)), '--seed', String(seed + round)],
        ...[
          '--workers',
          '2',
          '--request-timeout',
          '30',
          '--continue-on-failure',
          '--no-shrink',
          '--no-color',
        ],
        ...['--generation-database', 'none', '--warnings', 'off', '--suppress-health-check', 'all'],
      ];
      await schemathesis(args, product.directory);
      if (sentBy(proxy) === before) throw new Error('schemathesis sent nothing');
    }
    return { role, sent: sentBy(proxy), statuses: proxy.statuses, failures: proxy.failures };
  } finally {
    await proxy.stop();
  }
};

const { values } = parseArgs({
  options: {
    role: { type: 'string' },
    requests: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
  },
});
const product = new Product();
try {
  await product.start();
  const rows: Awaited<ReturnType<typeof fuzz>>[] = [];
  for (const role of values.role ? [values.role] : ROLES) {
    // Each time anew, as an administrator's fuzzing may have lowered them.
    await raiseRates(product);
    const plan = { role, requests: Number(values.requests), seed: Number(values.seed) };
    rows.push(await fuzz(product, plan));
  }
  for (const { role, sent, statuses, failures } of rows) {
    const counts = [...statuses].toSorted(([a], [b]) => a - b).map(([status, n]) => `${status}: ${n}`);
    console.log(`${role}: ${sent} requests (${counts.join(', ')})`);
    for (const failure of failures) console.log(`  ${failure}`);
  }
  process.exitCode = rows.every(({ failures }) => failures.length === 0) ? 0 : 1;
} finally {
  await product.remove();
}
