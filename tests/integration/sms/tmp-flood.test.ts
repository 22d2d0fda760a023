import { call } from '../../support/aws/index.ts';
import { addEntity, besides, smsBody, smsWorld } from '../../support/sms.ts';

jest.setTimeout(300_000);
test.each([
  [100, { overCap: 'deny' }],
  [1000, { overCap: 'deny' }],
  [1000, { validitySec: 13 * 86400 }],
])('flood %i %j', async (n, more) => {
  const world = await smsWorld();
  const entityId = await addEntity(world);
  const rt = await besides(world);
  const counts: Record<string, number> = {};
  let failed = 0;
  rt.dynamo.middlewareStack.add(
    (next, ctx) => async (args) => {
      const name = String(ctx.commandName);
      counts[name] = (counts[name] ?? 0) + 1;
      try {
        return await next(args);
      } catch (e) {
        failed += 1;
        throw e;
      }
    },
    { step: 'finalizeRequest', name: 'cnt' },
  );
  const token = await rt.token({ id: world.manager.id, roles: ['manager'] });
  const t = Date.now();
  const answers = await Promise.all(
    Array.from({ length: n }, (_, i) =>
      call(rt, 'POST /v1/sms', { token, key: `f-${i}`, body: smsBody(entityId, more) }),
    ),
  );
  const by: Record<string, number> = {};
  for (const a of answers) {
    const k = `${a.status} ${a.body.state ?? a.body.code}`;
    by[k] = (by[k] ?? 0) + 1;
  }
  console.log(
    n,
    JSON.stringify(more),
    JSON.stringify(by),
    JSON.stringify(counts),
    'failed',
    failed,
    'ms',
    Date.now() - t,
  );
  await world.aws.stop();
  expect(1).toBe(1);
});
