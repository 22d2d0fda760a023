import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { moduleDefinitions } from '../../../infra/module-definitions.ts';
import { CONTRACTS } from '../../../localstack/emulators/contracts.ts';

const integration = join(import.meta.dirname, '../../integration');

test.each(CONTRACTS)('%s, which is to run against an emulator, is there', (path) => {
  expect(existsSync(join(integration, `${path}.test.ts`))).toBe(true);
});

test('something of every module that keeps things runs against an emulator', async () => {
  const keeping = (await moduleDefinitions()).filter(({ table }) => table !== undefined);
  expect(keeping.length).toBeGreaterThan(5);
  const missing = keeping.filter(({ name }) => !CONTRACTS.some((path) => path.startsWith(`${name}/`)));
  expect(missing.map(({ name }) => name)).toEqual([]);
});
