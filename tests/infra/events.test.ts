import { globSync } from 'node:fs';
import { join } from 'node:path';
import { actedAlone, proposed } from '../../lib/platform/approvals/events.ts';
import { auditRecorded } from '../../lib/platform/audit.ts';
import { rightsLost, sessionEnded } from '../../lib/platform/auth/rights-lost.ts';
import { eventRoutes } from '../../lib/platform/events/routes.ts';
import type { EventHandler } from '../../lib/platform/queue/on-events.ts';
import { codeRequested, smsRequested } from '../../lib/sms/events.ts';
import {
  archives,
  functionNamed,
  functions,
  type Json,
  logicalName,
  named,
  ofType,
  type PackagedFunction,
  queues,
  statementsOf,
} from './support/packaged.ts';

const root = join(__dirname, '../..');
const nameOf = new Map(queues.map(([id, { Properties }]) => [id, logicalName(Properties.QueueName)]));
const routed = Object.entries(eventRoutes);

/** Names of the queues that a function may send to. */
const sendsTo = ({ role }: PackagedFunction): string[] =>
  statementsOf(role)
    .filter(({ Action }) => Action.includes('sqs:SendMessage'))
    .flatMap(({ Resource }) => Resource.map((one) => nameOf.get(named(one) ?? '') ?? 'no queue'));

/** Names of the queues from which a function is called. */
const calledFrom = ({ id }: PackagedFunction): string[] =>
  ofType('AWS::Lambda::EventSourceMapping')
    .filter(([, { Properties }]) => named(Properties.FunctionName) === id)
    .map(([, { Properties }]) => nameOf.get(named(Properties.EventSourceArn) ?? '') ?? 'no queue');

const textOf = ({ name }: PackagedFunction): string =>
  [...(archives.get(name)?.values() ?? [])].map((content) => content.toString('utf8')).join('\n');

/** Events whose route is in a function's bundle: `"desk.ticket.closed":["desk-events"]`. */
const bundled = (each: PackagedFunction): string[] => {
  const text = textOf(each);
  return routed.map(([event]) => event).filter((event) => text.includes(`"${event}":[`));
};

const consumers = globSync('functions/*/*.queue.ts', { cwd: root }).map((file) => {
  const { handler } = require(join(root, file)) as { handler: Partial<EventHandler> };
  const packaged = file.replace(/\.queue\.ts$/, '-queue.handler');
  const lambdas = functions.filter(({ properties }) => properties.Handler === packaged);
  return { file, declared: (handler.consumers ?? []).map(({ queue }) => queue), lambdas };
});

test.each(routed)('%s goes to queues that exist', (_, names) => {
  for (const name of names) expect([...nameOf.values()]).toContain(name);
});

test.each(consumers.filter(({ declared }) => declared.length > 0))(
  '$file is called from the queues whose events it declares to consume, each once',
  ({ declared, lambdas }) => {
    expect(lambdas.flatMap(calledFrom).toSorted()).toEqual(declared.toSorted());
  },
);

test('what consumes no events is called by a queue that gets none', () => {
  const others = consumers.filter(({ declared }) => declared.length === 0);
  const fed = new Set(routed.flatMap(([, names]) => names));
  expect(others.map(({ file }) => file)).toEqual(['functions/notifications/record-feedback.queue.ts']);
  for (const { lambdas } of others)
    for (const queue of lambdas.flatMap(calledFrom)) expect(fed).not.toContain(queue);
});

test.each(functions)(
  '$name may send to the queues of the events whose routes are in its bundle, and refuse a message for good',
  (each) => {
    const sends = new Set(bundled(each).flatMap((event) => eventRoutes[event] ?? []));
    if (calledFrom(each).length > 0) sends.add('rejected');
    expect(sendsTo(each).toSorted()).toEqual([...sends].toSorted());
    expect('QUEUE_BASE' in each.environment).toBe(sends.size > 0);
  },
);

test.each([
  ['desk-http', 'desk', []],
  ['sms-send', 'sms', [actedAlone.name, proposed.name]],
  ['notifications-compose', 'notifications', [smsRequested.name]],
  [
    'identity-http',
    'identity',
    [rightsLost.name, sessionEnded.name, codeRequested.name, actedAlone.name, proposed.name],
  ],
])('%s publishes entries of the audit log, what is of %s, and beside that %j', (name, module, others) => {
  const found = bundled(functionNamed(name));
  const own = routed.map(([event]) => event).filter((event) => event.startsWith(`${module}.`));
  expect(own.length).toBeGreaterThan(2);
  expect(found).toEqual([...own, ...others, auditRecorded.name].toSorted());
});

test('the sweep publishes whatever was committed, and who only reads or writes down publishes nothing', () => {
  expect(bundled(functionNamed('platform-sweep-outbox'))).toEqual(routed.map(([event]) => event));
  const silent = functions.filter((each) => bundled(each).length === 0).map(({ name }) => name);
  expect(silent).toEqual(expect.arrayContaining(['audit-http', 'audit-record']));
});

test('each queue but the last resort gets something', () => {
  // Amazon SES tells what became of e-mails.
  const byRules: string[] = ofType('AWS::SQS::QueuePolicy').flatMap(([, { Properties }]) =>
    Properties.Queues.map((one: Json) => nameOf.get(named(one) ?? '')),
  );
  const fed = new Set([...routed.flatMap(([, names]) => names), ...byRules]);
  const idle = [...nameOf.values()].filter((name) => !/-dlq(\.fifo)?$/.test(name) && !fed.has(name));
  expect(idle).toEqual(['rejected']);
});
