/** `npm run bench` runs all measurements one after the other; `npm run bench -- <name> [options]` one of them. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

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
];

const [name, ...options] = process.argv.slice(2);
if (name !== undefined && !benches.includes(name)) {
  process.stderr.write(`there is no bench ${name}; there are ${benches.join(', ')}\n`);
  process.exit(2);
}
for (const bench of name === undefined ? benches : [name]) {
  process.stdout.write(`\n${bench}\n\n`);
  // A process each: what one leaves behind must not slow the next.
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${bench}.ts`), ...options], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
