import { globSync } from 'node:fs';
import { join } from 'node:path';
import { moduleNames } from '../../infra/modules.ts';

/**
 * Test files that between them send each module's conditional writes, transactions, queries of indexes and pages, and the
 * messages of its queues: `npm run test:localstack -- --contracts`, as CI runs it. The whole suite goes to an emulator at night.
 * Paths below tests/integration.
 */
const CHOSEN: readonly string[] = [
  'audit/audit',
  'desk/assign-races',
  'desk/dispatch-races',
  'desk/intake-placing',
  'desk/journal',
  'desk/lease-fence',
  'desk/reading',
  'desk/uploads',
  'identity/sessions',
  'identity/sign-in',
  'localstack/drain',
  'localstack/gateway',
  'localstack/provision',
  'localstack/sqs-poller',
  'notifications/feedback',
  'notifications/hand-off',
  'platform/api-keys',
  'platform/commit',
  'platform/idempotency',
  'platform/timers',
  'replay/requests',
  'sms/deferral',
  'sms/registries',
  'sms-sending/hand-off',
  'sms-sending/permits',
  'webhooks/webhooks',
];

const tests = join(import.meta.dirname, '../../tests/integration');
const folderOf = (path: string): string => path.split('/')[0] ?? '';
const chosenFrom = new Set(CHOSEN.map(folderOf));
const others = moduleNames().filter((module) => !chosenFrom.has(module));

/** A module of which none is chosen sends all that it has. */
const whole = globSync('*/*.test.ts', { cwd: tests })
  .map((file) => file.replace(/\.test\.ts$/, ''))
  .filter((path) => others.includes(folderOf(path)));

export const CONTRACTS: readonly string[] = [...CHOSEN, ...whole.toSorted()];
