import { codeOf } from '../../scripts/names-in.ts';

const TABLE = /\b(?:table: |itemsOf\(|tableName\([\w.]+, )'([a-z-]+)'/g;

/** Logical names of tables, where code says which one it means: `table: 'desk'`, `itemsOf('desk')`, `tableName(env, 'desk')`. */
export const tablesIn = (text: string): string[] =>
  [...codeOf(text).matchAll(TABLE)].map(([, table = '']) => table);
