import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { countSection, readSections } from '../../../lib/desk/core/section-repository.ts';
import { deskTable } from '../../../lib/desk/core/table.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { countRequests } from '../../support/count-requests.ts';

let aws: TestAws;
let rt: TestRuntime;

beforeAll(async () => {
  aws = await startAws();
  rt = await testRuntime(aws);
});
afterAll(() => aws.stop());

const keys = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}#${String(index).padStart(3, '0')}`);

/** A partition whose sections `0`, `1`, … are so long. */
const partition = async (...lengths: number[]): Promise<string> => {
  const pk = `SECTIONS#${rt.ids.next('dsk')}`;
  for (const sk of lengths.flatMap((count, index) => keys(String(index), count))) {
    await rt.dynamo.send(new PutCommand({ TableName: deskTable(rt), Item: { pk, sk } }));
  }
  return pk;
};

describe('sections of a partition', () => {
  test.each([
    { lengths: [], requests: 1 },
    { lengths: [0, 0, 1], requests: 1 },
    { lengths: [1, 1, 1], requests: 1 },
    { lengths: [5, 0, 0], requests: 2 },
    { lengths: [6, 0, 0], requests: 2 },
    { lengths: [0, 0, 9], requests: 1 },
    { lengths: [9, 1, 1], requests: 2 },
    { lengths: [2, 9, 1], requests: 3 },
    { lengths: [3, 3, 9], requests: 3 },
    { lengths: [9, 9, 9], requests: 3 },
    { lengths: [9, 0, 5, 6, 9, 1, 7], requests: 6 },
    { lengths: [1, 1, 1, 1, 1, 1, 9], requests: 3 },
  ])(
    'R-DESK-06 of $lengths are counted exactly up to five, in at most $requests requests',
    async ({ lengths, requests }) => {
      const pk = await partition(...lengths);
      const prefixes = Array.from({ length: Math.max(3, lengths.length) }, (_, index) => `${index}#`);
      const counted = countRequests({ dynamo: rt.dynamo });

      const sections = await readSections(rt, { pk, prefixes, atMost: 5 });

      expect(sections.map(({ items, more }) => ({ keys: items.map(({ sk }) => sk), more }))).toEqual(
        prefixes.map((prefix, index) => ({
          keys: keys(prefix.slice(0, -1), Math.min(lengths[index] ?? 0, 5)),
          more: (lengths[index] ?? 0) > 5,
        })),
      );
      expect(counted().total).toBeLessThanOrEqual(requests);
      rt.dynamo.middlewareStack.remove('countRequests');
    },
  );

  test('R-DESK-06 a section is counted on behind what was read of it, up to a limit that is said', async () => {
    const pk = await partition(3, 5, 9);
    const prefixes = ['0#', '1#', '2#'];
    const sections = await readSections(rt, { pk, prefixes, atMost: 5 });
    const counts = (atMost: number) =>
      Promise.all(
        sections.map((section, index) =>
          countSection(rt, section, { pk, prefix: prefixes[index] ?? '', atMost }),
        ),
      );
    const exact = [
      { count: 3, more: false },
      { count: 5, more: false },
    ];
    expect(await counts(9)).toEqual([...exact, { count: 9, more: false }]);
    expect(await counts(8)).toEqual([...exact, { count: 8, more: true }]);
    expect(await counts(5)).toEqual([...exact, { count: 5, more: true }]);
  });
});
