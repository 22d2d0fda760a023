import { people } from '../../localstack/people.ts';
import { isAlive } from '../../localstack/run-file.ts';

import { ask } from './support/ask.ts';
import { Product } from './support/product.ts';

const product = new Product();
afterAll(() => product.remove());

test('a start after a kill -9 ends the store that was left, and goes on with its data', async () => {
  await product.start();
  const token = await product.token(people.manager);
  const seeded = await ask(`${product.api}/v1/executors`, { token });
  expect(seeded.status).toBe(200);
  const before = product.processes();
  const store = before.find(({ name }) => name === 'store');

  process.kill(before.find(({ name }) => name === 'start')!.pid, 'SIGKILL');
  expect(isAlive(store!)).toBe(true);

  await product.start();
  expect(isAlive(store!)).toBe(false);
  expect(product.log()).toContain('Ended what a killed run had left');
  const again = await ask(`${product.api}/v1/executors`, { token });
  expect(again.body.items.map(({ executorId }: { executorId: string }) => executorId).sort()).toEqual(
    seeded.body.items.map(({ executorId }: { executorId: string }) => executorId).sort(),
  );
  await product.stop();
});
