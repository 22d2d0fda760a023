import { startAws, testRuntime } from '../../support/aws/index.ts';
import { refresh, signInBy, somePhone } from '../../support/identity.ts';
import { measured } from '../../support/measured.ts';

test('R-AUTH-02 the first signing key signs on a machine whose clock is behind the one that made it', async () => {
  const aws = await startAws();
  const [ahead, behind] = [await testRuntime(aws), await testRuntime(aws)];
  ahead.clock.move(3000);
  const { body } = await signInBy(ahead, somePhone());
  expect((await refresh(behind, body.refreshToken)).status).toBe(200);
});

test('R-AUTH-02 whoever needs a signing key counts that the monthly rotation is missing', async () => {
  const aws = await startAws();
  const { rt, figures } = measured(await testRuntime(aws));
  const counted = () => figures.map(({ name }) => name);
  await signInBy(rt, somePhone());
  rt.clock.move(34 * 86_400_000);
  await signInBy(rt, somePhone());
  expect(counted()).not.toContain('SigningKeyOverdue');
  rt.clock.move(86_400_000);
  await signInBy(rt, somePhone());
  expect(counted()).toContain('SigningKeyOverdue');
});

test('R-AUTH-01 codes that were sent, and those that signed somebody in, are counted', async () => {
  const { rt, figures } = measured(await testRuntime(await startAws()));
  const phone = somePhone();
  await signInBy(rt, phone);
  const counted = figures.map(({ name }) => name).filter((name) => name.startsWith('Codes'));
  expect(counted).toEqual(['CodesSent', 'CodesUsed']);
});
