import { startAws, testRuntime } from '../../support/aws/index.ts';
import { refresh, signInBy, somePhone } from '../../support/identity.ts';

test('R-AUTH-02 the first signing key signs on a machine whose clock is behind the one that made it', async () => {
  const aws = await startAws();
  const [ahead, behind] = [await testRuntime(aws), await testRuntime(aws)];
  ahead.clock.move(3000);
  const { body } = await signInBy(ahead, somePhone());
  expect((await refresh(behind, body.refreshToken)).status).toBe(200);
});
