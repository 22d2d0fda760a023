/**
 * Bytes and load time of each packaged function, against the same function as the bundler makes it by default. Load time
 * is that of `require` in a process that starts cold; the two take turns, and medians are compared.
 * `npm run bench -- bundles [--processes 11]`
 */
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { projectRoot } from '../localstack/places.ts';
import { unzip } from '../tests/infra/support/zip.ts';
import { printTable } from './print-table.ts';

const MOST_BYTES = 500_000;
const LEAST_GAIN = 0.6;
const PARTS = ['functions', 'infra', 'lib', 'localstack', 'node_modules', 'package.json'];

const { values } = parseArgs({ options: { processes: { type: 'string', default: '11' } } });

interface Bundle {
  readonly name: string;
  /** As deployed, and as it comes without our settings. */
  readonly packaged: string;
  readonly plain: string;
}

/** Packages the product as a deployment would, in a room of its own: osls writes to fixed folders of the service. */
const packageProduct = (room: string): string => {
  for (const part of PARTS) symlinkSync(join(projectRoot, part), join(room, part));
  copyFileSync(join(projectRoot, 'serverless.yml'), join(room, 'serverless.yml'));
  const serverless = join(projectRoot, 'node_modules/serverless/bin/serverless.js');
  const env = { ...process.env, AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none' };
  execFileSync(process.execPath, [serverless, 'package'], { cwd: room, env, stdio: 'pipe' });
  return join(room, '.serverless');
};

/** Bundles have dashes where sources have dots. */
const sourceOf = (path: string): string => {
  const folder = dirname(path);
  const file = readdirSync(join(projectRoot, folder)).find(
    (each) => each.endsWith('.ts') && each.slice(0, -3).replaceAll('.', '-') === basename(path, '.cjs'),
  );
  return join(projectRoot, folder, String(file));
};

/** What serverless-esbuild passes when nothing is said; only the name tells that it is CommonJS. */
const buildPlain = (source: string, outfile: string) =>
  build({
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    logLevel: 'error',
  });

const bundlesIn = async (room: string): Promise<Bundle[]> => {
  const archives = packageProduct(room);
  const bundles: Bundle[] = [];
  for (const file of readdirSync(archives).filter((each) => each.endsWith('.zip'))) {
    const name = basename(file, '.zip');
    const [[path, content] = ['', Buffer.of()]] = unzip(readFileSync(join(archives, file)));
    const bundle = { name, packaged: join(room, 'packaged', path), plain: join(room, 'plain', path) };
    mkdirSync(dirname(bundle.packaged), { recursive: true });
    writeFileSync(bundle.packaged, content);
    await buildPlain(sourceOf(path), bundle.plain);
    bundles.push(bundle);
  }
  return bundles;
};

const ENVIRONMENT = { STAGE: 'dev', TABLE_PLATFORM: 'platform', AWS_REGION: 'eu-central-1' };

interface Load {
  readonly ms: number;
  /** Of all threads of the process. */
  readonly cpuMs: number;
}

const loadOf = (path: string): Load => {
  const script = `const cpu = process.cpuUsage(), begun = performance.now();
    require(${JSON.stringify(path)});
    const ms = performance.now() - begun, { user, system } = process.cpuUsage(cpu);
    console.log(JSON.stringify({ ms, cpuMs: (user + system) / 1000 }))`;
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8', env: ENVIRONMENT }));
};

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;

const measure = ({ name, packaged, plain }: Bundle) => {
  const turns = Array.from({ length: Number(values.processes) }, () => ({
    packaged: loadOf(packaged),
    plain: loadOf(plain),
  }));
  const [ours, theirs] = [
    median(turns.map((each) => each.packaged.ms)),
    median(turns.map((each) => each.plain.ms)),
  ];
  const bytes = statSync(packaged).size;
  const spread = turns.map((each) => each.packaged.ms);
  const cpu = turns.map((each) => each.packaged.cpuMs);
  return {
    function: name,
    KB: (bytes / 1000).toFixed(0),
    'default KB': (statSync(plain).size / 1000).toFixed(0),
    '≤ 500 KB': bytes <= MOST_BYTES ? 'met' : 'missed',
    'load ms': ours.toFixed(0),
    'least … most': `${Math.min(...spread).toFixed(0)} … ${Math.max(...spread).toFixed(0)}`,
    'CPU ms, least / median': `${Math.min(...cpu).toFixed(0)} / ${median(cpu).toFixed(0)}`,
    'default load ms': theirs.toFixed(0),
    ratio: (ours / theirs).toFixed(2),
    '≤ 0.6': ours / theirs <= LEAST_GAIN ? 'met' : 'missed',
  };
};

const room = mkdtempSync(join(tmpdir(), 'rotadesk-bundles-'));
try {
  printTable((await bundlesIn(room)).map(measure));
} finally {
  rmSync(room, { recursive: true, force: true });
}
