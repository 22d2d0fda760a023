import { setImmediate as turn } from 'node:timers/promises';
import { overAll } from '../../../scripts/stacks/over-all.ts';

/** Runs that take a turn or two each, and what was under way at the same time. */
const watched = (failing: readonly string[] = []) => {
  const [begun, together]: [string[], string[][]] = [[], []];
  const running = new Set<string>();
  const run = async (module: string) => {
    begun.push(module);
    running.add(module);
    together.push([...running]);
    await turn();
    await turn();
    running.delete(module);
    return { module, isOk: !failing.includes(module) };
  };
  return { begun, together, run };
};
const others = ['admin', 'desk', 'sms'];

test('the shared module is deployed before any other, the others two at a time', async () => {
  const { begun, together, run } = watched();
  const { done, left } = await overAll({ shared: 'platform', others, isRemoval: false }, run);
  expect(begun).toEqual(['platform', ...others]);
  expect(together[0]).toEqual(['platform']);
  expect(together[1]).toEqual(['admin']);
  expect(Math.max(...together.map(({ length }) => length))).toBe(2);
  expect([done.length, left]).toEqual([4, []]);
});

test('the one that stands on others is deployed after them, and removed before', async () => {
  const [up, down] = [watched(), watched()];
  const order = { shared: 'platform', others, last: 'console' };
  await overAll({ ...order, isRemoval: false }, up.run);
  await overAll({ ...order, isRemoval: true }, down.run);
  expect(up.begun).toEqual(['platform', ...others, 'console']);
  expect(up.together.at(-1)).toEqual(['console']);
  expect(down.begun).toEqual(['console', ...others, 'platform']);
});

test('it is removed after all others', async () => {
  const { begun, together, run } = watched();
  await overAll({ shared: 'platform', others, isRemoval: true }, run);
  expect(begun).toEqual([...others, 'platform']);
  expect(together.at(-1)).toEqual(['platform']);
});

test('after a failure no other begins, and one under way comes to its end', async () => {
  const { begun, run } = watched(['admin']);
  const { done, left } = await overAll({ shared: 'platform', others, isRemoval: false }, run);
  expect(begun).toEqual(['platform', 'admin', 'desk']);
  expect(done.map(({ module, isOk }) => [module, isOk])).toEqual([
    ['platform', true],
    ['admin', false],
    ['desk', true],
  ]);
  expect(left).toEqual(['sms']);
});

test('without the shared module the others do not wait for it; when it fails none of them begins', async () => {
  const alone = watched();
  await overAll({ others: ['sms'], isRemoval: false }, alone.run);
  expect(alone.begun).toEqual(['sms']);
  const failing = watched(['platform']);
  const { left } = await overAll({ shared: 'platform', others, isRemoval: false }, failing.run);
  expect([failing.begun, left]).toEqual([['platform'], others]);
});
