import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { arrowsOf, type CruisedFile, cycleIn, moduleGraph } from '../infra/support/module-graph.ts';
import { folderGraphs, knotsIn } from '../support/folder-graph.ts';

const ROOT = join(__dirname, '../..');

/** Every import of lib/ and functions/, of types too. */
const imports = (cwd: string): readonly CruisedFile[] => {
  const program = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = join(ROOT, '.dependency-cruiser.cjs');
  const run = spawnSync(process.execPath, [program, '--config', config, '-T', 'json', 'functions', 'lib'], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (!run.stdout) throw new Error(run.stderr);
  return (JSON.parse(run.stdout) as { modules: CruisedFile[] }).modules;
};

const knotsOf = (files: readonly CruisedFile[]): Record<string, string[][]> =>
  Object.fromEntries(
    [...folderGraphs(files)].flatMap(([module, graph]) => {
      const knots = knotsIn(graph);
      return knots.length > 0 ? [[module, knots]] : [];
    }),
  );

let product: readonly CruisedFile[];
beforeAll(() => {
  product = imports(ROOT);
});

test('no two modules import each other, over however many others', () => {
  const graph = moduleGraph(product);
  console.log(arrowsOf(graph).join('\n'));
  expect(graph.size).toBeGreaterThan(2);
  expect(cycleIn(graph)).toBeUndefined();
});

test('no two folders of a module import each other, over however many others', () => {
  const graphs = folderGraphs(product);
  const drawn = [...graphs].map(([module, graph]) => `${module}\n  ${arrowsOf(graph).join('\n  ')}`);
  console.log(drawn.join('\n'));
  expect(graphs.size).toBeGreaterThan(5);
  expect(knotsOf(product)).toEqual({});
});

const PLANTED: Readonly<Record<string, string>> = {
  'functions/orders/a.http.ts': "import '../../lib/orders/model.ts';",
  'lib/orders/model.ts': 'export const a = 1;',
  // No file imports itself over others, yet three folders do, one by a type alone.
  'lib/orders/basket/fill.ts': "import { b } from '../prices/find.ts';\nexport const c = b;",
  'lib/orders/prices/find.ts': "import { d } from '../offers/deep/list.ts';\nexport const b = d;",
  'lib/orders/offers/deep/list.ts': 'export const d = 1;',
  'lib/orders/offers/make.ts': "import type { e } from '../basket/view.ts';\nexport type M = typeof e;",
  'lib/orders/basket/view.ts': "import { a } from '../model.ts';\nexport const e = a;",
  // A file of the root, and the folder that it needs.
  'lib/orders/events.ts': "import { f } from './ship/rules.ts';\nexport const g = f;",
  'lib/orders/ship/rules.ts': 'export const f = 1;',
  'lib/orders/ship/send.ts': "import { g } from '../events.ts';\nexport const h = g;",
  'lib/parcels/track/find.ts': "import { g } from '../../orders/events.ts';\nexport const i = g;",
  'lib/parcels/label/print.ts': "import { i } from '../track/find.ts';\nexport const j = i;",
};

test('finds folders that import each other although none of their files does, and leaves the others alone', () => {
  const tree = mkdtempSync(join(tmpdir(), 'rotadesk-folders-'));
  try {
    for (const file of ['.dependency-cruiser.cjs', 'scripts/lint/pure-files.cjs', 'package.json'])
      cpSync(join(ROOT, file), join(tree, file));
    symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
    for (const [path, text] of Object.entries(PLANTED)) {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), `${text}\n`);
    }
    expect(knotsOf(imports(tree))).toEqual({
      orders: [
        ['basket', 'offers', 'prices'],
        ['events.ts', 'ship'],
      ],
    });
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
});
