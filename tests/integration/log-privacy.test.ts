import { createLog } from '../../lib/platform/log.ts';
import { call, drain, startAws, testRuntime } from '../support/aws/index.ts';
import { comeOnline, hire, newUser } from '../support/staff.ts';

/** Words that stand nowhere but in what people wrote, or in what signs them in. */
const PRIVATE = [
  'CANARY-TEXT',
  'CANARY-REPLY',
  'CANARY-NOTE',
  'CANARY-FIELD',
  'CANARY-QUERY',
  '+79161234567',
];

test('what people write, their phones and their tokens never reach the log', async () => {
  const lines: string[] = [];
  const quiet = await testRuntime(await startAws());
  const sink = { write: (line: string) => lines.push(line), nowMs: () => quiet.clock.nowMs() };
  const rt = { ...quiet, log: createLog({ LOG_LEVEL: 'DEBUG' }, sink) };
  const [client, manager] = [newUser(rt, 'client'), newUser(rt, 'manager')];
  const executor = await hire(rt, manager);
  await comeOnline(executor);

  await client.call('POST /v1/messages', { key: 'k1', body: { text: 'CANARY-TEXT call +79161234567' } });
  await drain(rt);
  const { body } = await executor.call('GET /v1/tickets');
  const path = `/v1/tickets/${body.items[0].ticketId}`;
  await executor.call(`POST ${path}/replies`, { key: 'k2', body: { text: 'CANARY-REPLY' } });
  await executor.call(`POST ${path}/notes`, { key: 'k3', body: { text: 'CANARY-NOTE' } });
  await drain(rt);
  await client.call('POST /v1/messages?CANARY-QUERY=1', { key: 'k4', body: { 'CANARY-FIELD': 1 } });
  await client.call('POST /v1/messages', { key: 'k5', body: '{"text":"CANARY-TEXT' });
  const token = `${await rt.token({ id: client.id, roles: ['client'] })}x`;
  await call(rt, 'GET /v1/tickets', { token });

  const log = lines.join('\n');
  expect(lines.length).toBeGreaterThan(10);
  for (const word of [...PRIVATE, token.slice(0, 40)]) expect(log).not.toContain(word);
});
