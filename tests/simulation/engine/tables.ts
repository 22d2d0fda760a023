import type { Plain, Store } from './store/store.ts';
import type { TablePlan } from './topology.ts';

const TAKEN_OVER = ['AttributeDefinitions', 'KeySchema', 'GlobalSecondaryIndexes', 'BillingMode'] as const;

export const tableOf = (stage: string, module: string): string => `${stage}-${module}`;

export const createTables = async (
  store: Store,
  stage: string,
  tables: readonly TablePlan[],
): Promise<void> => {
  await Promise.all(
    tables.map(({ module, properties }) =>
      store.createTable({
        TableName: tableOf(stage, module),
        ...Object.fromEntries(
          TAKEN_OVER.flatMap((name) => (properties[name] ? [[name, properties[name]]] : [])),
        ),
      }),
    ),
  );
};

export const dropTables = async (
  store: Store,
  stage: string,
  tables: readonly TablePlan[],
): Promise<void> => {
  await Promise.all(tables.map(({ module }) => store.deleteTable(tableOf(stage, module))));
};

/** Where the product finds its tables. */
export const tableVariables = (stage: string, tables: readonly TablePlan[]): Record<string, string> =>
  Object.fromEntries([
    ['TABLE_ACCESS', tableOf(stage, 'identity')],
    ...tables.map(({ module }) => [`TABLE_${module.toUpperCase()}`, tableOf(stage, module)]),
  ]);

/** Every item of a table. */
export const scanTable = async (store: Store, stage: string, module: string): Promise<Plain[]> => {
  const items: Plain[] = [];
  let from: Plain | undefined;
  do {
    const page: Plain = await store.send('Scan', {
      TableName: tableOf(stage, module),
      ConsistentRead: true,
      ...(from && { ExclusiveStartKey: from }),
    });
    items.push(...page.Items);
    from = page.LastEvaluatedKey;
  } while (from);
  return items;
};
