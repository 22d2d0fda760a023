import { startAws, testRuntime } from '../../support/aws/index.ts';
import { refresh, signInBy, somePhone } from '../../support/identity.ts';

test('R-AUTH-02 the first signing key signs on a machine whose clock is behind the one that made it', async () => {
  const aws = await startAws();
  const [ahead, behind] = [await testRuntime(aws), await testRuntime(aws)];
  ahead.clock.move(3000);
  const { body } = await signInBy(ahead, somePhone());
  expect((await refresh(behind, body.refreshToken)).status).toBe(200);
});

test('R-AUTH-02 whoever needs a signing key counts that the monthly rotation is missing', async () => {
  const aws = await startAws();
  const quiet = await testRuntime(aws);
  const counted: string[] = [];
  const log = { ...quiet.log, metric: (name: string) => void counted.push(name), with: () => log };
  const rt = { ...quiet, log };
  await signInBy(rt, somePhone());
  quiet.clock.move(34 * 86_400_000);
  await signInBy(rt, somePhone());
  expect(counted).not.toContain('SigningKeyOverdue');
  quiet.clock.move(86_400_000);
  await signInBy(rt, somePhone());
  expect(counted).toContain('SigningKeyOverdue');
});
