import { readdirSync } from 'node:fs';
import { join } from 'node:path';

// Jest loads each test file with everything it imports anew, which takes longer than the tests do. For thousands of mutants
// they stand in one file. Left out are statistics over thousands of tickets, which take longer than they tell.
const folders = ['desk', 'replay'].map((module) => join(__dirname, '../../unit', module));
const slow = new Set(['theory.test.ts']);

for (const folder of folders) {
  for (const file of readdirSync(folder)) {
    if (file.endsWith('.test.ts') && !slow.has(file)) require(join(folder, file));
  }
}
