import { moduleDefinitions } from '../../../infra/module-definitions.ts';
import { operations } from '../../support/bad-input/operations.ts';
import { type FullList, fullLists } from '../../support/lists/full-lists.ts';
import { allOfLaterShape } from '../../support/stored/later-shape.ts';

const published = operations
  .filter(({ parameters = [] }) => parameters.some(({ name }) => name === 'cursor'))
  .map(({ path }) => path);

let lists: Readonly<Record<string, readonly FullList[]>>;

beforeAll(async () => {
  const world = await fullLists();
  lists = world.lists;
  for (const { table } of await moduleDefinitions()) {
    if (table !== undefined) await allOfLaterShape(world.rt, table);
  }
});

test.each(published)('%s says so when nothing of it can be read, and never answers 500', async (list) => {
  for (const { reader, path } of lists[list] ?? []) {
    const { status, body } = await reader.call(`GET ${path}`);
    const said =
      status === 200
        ? (body.omitted ?? 0) > 0 || body.items.length > 0
        : body.code === 'stored-shape-unknown';
    expect({ path, status, body, said }).toMatchObject({ said: true });
    expect(status).not.toBe(500);
  }
});
