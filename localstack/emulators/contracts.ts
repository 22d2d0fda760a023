/**
 * Test files that between them send each module's conditional writes, transactions, queries of indexes and pages, and the
 * messages of its queues: `npm run test:localstack -- --contracts`, as CI runs it. The whole suite goes to an emulator at night.
 * Paths below tests/integration; a module's folder names one at least.
 */
export const CONTRACTS: readonly string[] = [
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
