import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CONTRACTS } from '../../../localstack/emulators/contracts.ts';

const integration = join(import.meta.dirname, '../../integration');
const lib = join(import.meta.dirname, '../../../lib');

test.each(CONTRACTS)('%s, which is to run against an emulator, is there', (path) => {
  expect(existsSync(join(integration, `${path}.test.ts`))).toBe(true);
});

test.each(readdirSync(lib))('something of lib/%s runs against an emulator', (module) => {
  expect(CONTRACTS.filter((path) => path.startsWith(`${module}/`))).not.toEqual([]);
});
