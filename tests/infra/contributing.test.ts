/** What CONTRIBUTING.md says of a new module is done exactly, in a copy of the tree. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { offlineEnvironment } from './support/package-product.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');

let copy: string;

/** Whoever follows the page to learn has a module `demo` already. */
const OF_DEMO = /^(lib|functions|tests\/\w+)\/demo\/|\/samples\/demo\./;

/** All files of the tree but those that git ignores, without a module `demo`. */
const copyTree = (): string => {
  const to = mkdtempSync(join(tmpdir(), 'rotadesk-contributing-'));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const file of listed
    .split('\0')
    .filter((each) => each !== '' && !OF_DEMO.test(each) && existsSync(join(root, each)))) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(root, file), join(to, file));
  }
  symlinkSync(join(root, 'node_modules'), join(to, 'node_modules'));
  return to;
};

beforeAll(() => {
  copy = copyTree();
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Runs a command in the copy; fails with all that it said. */
const run = (command: string, ...args: string[]): string => {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: copy,
    encoding: 'utf8',
    env: { ...offlineEnvironment(copy), TMPDIR: copy },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout}\n${stderr}`);
  return stdout + stderr;
};

const npm = (script: string): string => run('npm', 'run', '--silent', script);

/** Unit tests that go over all modules, and what osls makes of the module's stack. */
const checkModule = (): void => {
  const tests = 'unit/(modules|localstack/contracts|access-table|stored/|platform/events|platform/openapi)';
  run('jest', '--selectProjects', 'unit', '--maxWorkers=1', `--testPathPatterns=${tests}`);
  expect(run('npm', 'run', '--silent', 'package', '--', '--module', 'demo')).toContain('packaged');
};

/** Lint, dependency rules and types of the module's own files. */
const checkFiles = (files: readonly string[]): void => {
  run('biome', 'check', ...files);
  run('depcruise', 'functions/demo', 'lib/demo');
  const config = { extends: './tsconfig.json', include: files.filter((each) => each.endsWith('.ts')) };
  writeFileSync(join(copy, 'tsconfig.demo.json'), JSON.stringify(config));
  run('tsc', '--noEmit', '-p', 'tsconfig.demo.json');
};

/** Files that the page shows: blocks whose first line names one, without the indentation of the list they stand in. */
const shown = [...page.matchAll(/^( *)```(?:ts|yaml)\n *(?:\/\/|#) (\S+)\n([\s\S]*?)^ *```$/gm)].map(
  ([, indent = '', path = '', text = '']) =>
    [path, text.replaceAll(new RegExp(`^${indent}`, 'gm'), '')] as const,
);
const row = /^ *(\| `GET \/v1\/demo.*\|)$/m.exec(page)?.[1] ?? '';

test('an empty module passes', () => {
  run(join(copy, 'scripts/new-module'), 'demo');
  const made = ['lib/demo/module.ts', 'functions/demo/functions.yml'];
  checkFiles(made.filter((file) => file.endsWith('.ts')));
  checkModule();
});

test('a name that is taken or none is refused, and nothing is written', () => {
  for (const name of ['demo', 'desk', 'Demo']) {
    expect(() => run(join(copy, 'scripts/new-module'), name)).toThrow(`${name}: `);
  }
  expect(existsSync(join(copy, 'lib/Demo'))).toBe(false);
});

test('with what the page shows it has an endpoint, a consumer and a table, and passes', () => {
  expect(shown).toHaveLength(9);
  for (const [path, text] of shown) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), text);
  }
  appendFileSync(join(copy, 'docs/access.md'), `${row}\n`);
  for (const script of ['samples', 'generate', 'openapi']) npm(script);
  checkFiles(shown.map(([path]) => path).filter((file) => file.endsWith('.ts')));
  checkModule();
  expect(readFileSync(join(copy, 'lib/platform/events/routes.json'), 'utf8')).toContain('"demo-events"');
  expect(readFileSync(join(copy, 'docs/openapi.json'), 'utf8')).toContain(
    '/v1/demo/closed-tickets/{closedTicketId}',
  );
});
