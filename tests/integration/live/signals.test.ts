import type { Role } from '../../../lib/platform/caller.ts';
import type { TestRuntime } from '../../support/aws/index.ts';
import { addExecutor, addTicket } from '../../support/desk.ts';
import type { FakeGateway } from '../../support/live/fake-gateway.ts';
import { liveWorld, openLive } from '../../support/live/live-client.ts';
import { addAssigned } from '../../support/tickets.ts';

let rt: TestRuntime;
let gateway: FakeGateway;
beforeAll(async () => {
  ({ rt, gateway } = await liveWorld());
});
afterAll(() => gateway.stop());

const open = (id: string, ...roles: Role[]) => openLive({ rt, gateway }, { id, roles });

const scene = async () => {
  const executor = await addExecutor(rt);
  const ticket = await addAssigned(rt, executor);
  const topic = `ticket:${ticket.id}`;
  const [client, holder, manager] = [
    await open(ticket.clientId, 'client'),
    await open(executor.id, 'executor'),
    await open(rt.ids.next('usr'), 'manager'),
  ];
  for (const line of [client, holder, manager]) await line.subscribe(topic);
  return { ticket, topic, executor, client, holder, manager };
};

test('R-LIVE-01 a client sees that whoever holds the ticket types, without their id, and nothing of who looks at it', async () => {
  const { topic, executor, client, holder, manager } = await scene();
  await holder.send({ type: 'typing', topic });
  expect(client.received('typing')).toEqual([{ type: 'typing', topic, who: 'executor' }]);
  expect(manager.received('typing')).toEqual([
    { type: 'typing', topic, userId: executor.id, who: 'executor' },
  ]);
  expect(holder.received('typing')).toEqual([]);
  await manager.send({ type: 'typing', topic });
  rt.clock.move(3_000);
  await manager.send({ type: 'viewing', topic });
  await holder.send({ type: 'viewing', topic });
  expect(client.received('typing')).toHaveLength(1);
  expect(client.received('viewing')).toEqual([]);
  expect(holder.received('viewing')).toHaveLength(1);
});

test('R-LIVE-01 one signal in three seconds is passed on, and the others are dropped', async () => {
  const { topic, client, holder } = await scene();
  for (let n = 0; n < 5; n += 1) await holder.send({ type: 'typing', topic });
  expect(client.received('typing')).toHaveLength(1);
  rt.clock.move(3_000);
  await holder.send({ type: 'typing', topic });
  expect(client.received('typing')).toHaveLength(2);
  expect(holder.received('bye')).toEqual([]);
});

test('R-LIVE-01 nobody signals on a ticket that is not theirs, nor on what is no ticket', async () => {
  const { client, manager } = await scene();
  const other = await addTicket(rt);
  await manager.subscribe(`ticket:${other.id}`, 'desk:main');
  await client.send({ type: 'typing', topic: `ticket:${other.id}` });
  await client.send({ type: 'typing', topic: 'desk:main' });
  expect(manager.received('typing')).toEqual([]);
  expect(client.received('bye')).toEqual([]);
});
