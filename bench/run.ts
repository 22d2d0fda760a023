/**
 * `npm run bench` runs all measurements one after the other; `npm run bench -- <name> [options]` one of them. What each prints is
 * kept in `bench/results/<name>.md`; where it fails, the last result stays.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { conditions, keepResult } from './keep-result.ts';

const benches = [
  'waiting',
  'assign-cost',
  'whole-way',
  'reading-cost',
  'intake-burst',
  'throughput',
  'bundles',
  'queue-hop',
  'gateway-latency',
  'sms-accept',
  'sms-burst',
  'live',
];

const [name, ...options] = process.argv.slice(2);
if (name !== undefined && !benches.includes(name)) {
  process.stderr.write(`there is no bench ${name}; there are ${benches.join(', ')}\n`);
  process.exit(2);
}

/** A process each: what one leaves behind must not slow the next. */
const run = async (bench: string): Promise<{ status: number | null; output: string }> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, `${bench}.ts`), ...options], {
    stdio: ['inherit', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    process.stdout.write(chunk);
  });
  const [status] = await once(child, 'close');
  return { status, output: Buffer.concat(chunks).toString() };
};

for (const bench of name === undefined ? benches : [name]) {
  process.stdout.write(`\n${bench}\n\n`);
  const given = conditions();
  const { status, output } = await run(bench);
  if (status !== 0) process.exit(status ?? 1);
  keepResult([bench, ...options], output, given);
}
