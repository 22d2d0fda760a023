/** Phones are read in bundles as in the sources, though the plans in bundles lack what numbers look like. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import type { ParsedPhone } from '../../lib/platform/input/phone.ts';
import { seededRandom } from '../support/seeded-random.ts';

const root = join(import.meta.dirname, '../..');
const numberingPlans = require('../../infra/bundle/numbering-plans.cjs') as Plugin;

type Parse = (text: string, defaultCountry?: string) => ParsedPhone;

let room: string;
const bundled = async (name: string, plugins: Plugin[]) => {
  const outfile = join(room, `${name}.cjs`);
  await build({
    absWorkingDir: root,
    entryPoints: ['lib/platform/input/phone.ts'],
    outfile,
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'node',
    mainFields: ['module', 'main'],
    plugins,
  });
  const { parsePhone } = require(outfile) as { parsePhone: Parse };
  return { parsePhone, bytes: statSync(outfile).size };
};

beforeAll(() => {
  room = mkdtempSync(join(tmpdir(), 'rotadesk-plans-'));
});
afterAll(() => rmSync(room, { recursive: true, force: true }));

const PER_COUNTRY = 60;

/** Of every country its example of a mobile, and random digits of every length, some near the example. */
const texts = (): [text: string, country: string][] => {
  const random = seededRandom(1);
  const digits = (count: number) => Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
  return getCountries().flatMap((country) => {
    const example = String(examples[country] ?? '');
    return Array.from({ length: PER_COUNTRY }, (_, n): [string, string] => {
      const kept = example.slice(0, n % (example.length + 1));
      const length = example.length + (n % 6 === 5 ? (n % 5) - 2 : 0);
      const national = n === 0 ? example : kept + digits(Math.max(0, length - kept.length));
      return [n % 3 === 0 ? national : `+${getCountryCallingCode(country)} ${national}`, country];
    });
  });
};

test('every number of a long list is read alike, from a third fewer bytes of plans', async () => {
  const [whole, lean] = [await bundled('whole', []), await bundled('lean', [numberingPlans])];
  const list = texts();
  const read = ({ parsePhone }: { parsePhone: Parse }) =>
    list.map(([text, country]) => [text, country, parsePhone(text, country)] as const);
  const expected = read(whole);
  const kinds = expected.map(([, , { kind }]) => kind);
  const count = (kind: string) => kinds.filter((each) => each === kind).length;
  expect(Math.min(count('mobile'), count('invalid'), 5 * count('not-mobile'))).toBeGreaterThan(1000);
  expect(read(lean)).toEqual(expected);
  expect(whole.bytes - lean.bytes).toBeGreaterThan(45_000);
});
