import { conditions, resultPage } from '../../../bench/keep-result.ts';

const table = '| a |\n| --- |\n| 1 |\n\n';

test('a bench’s result stands under its command, date, machine and commit', () => {
  const given = { at: '2026-11-29 10:40', machine: '2 × a processor', commit: 'd7d5ef8' };
  expect(resultPage(['bundles', '--processes', '3'], table, given)).toBe(
    `# bundles

\`npm run bench -- bundles --processes 3\`

- begun: 2026-11-29 10:40 UTC
- machine: 2 × a processor
- commit: d7d5ef8

| a |
| --- |
| 1 |
`,
  );
});

test('the conditions are those of this machine', () => {
  expect(conditions()).toEqual({
    at: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d$/),
    machine: expect.stringContaining(`Node.js ${process.version.slice(1)}`),
    commit: expect.stringMatching(/^([0-9a-f]{7,}( with changes that were not committed)?|unknown)$/),
  });
});
