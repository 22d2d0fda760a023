import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import type { Store } from '../engine/store/store.ts';

/** A deliberate fault in the model: a piece of its source, and what stands there instead. */
export interface ModelMutant {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const MODEL = join(import.meta.dirname, '../engine/store/memory');

const mutated = ({ file, from, to }: ModelMutant): string => {
  const parts = readFileSync(join(MODEL, file), 'utf8').split(from);
  if (parts.length !== 2) throw new Error(`${file} has "${from}" ${parts.length - 1} times`);
  return parts.join(to);
};

/** The model from its source, with one piece of it replaced. */
export const modelWith = async (mutant: ModelMutant | undefined): Promise<Store> => {
  const { outputFiles } = await build({
    entryPoints: [join(MODEL, 'memory-store.ts')],
    ...{
      bundle: true,
      write: false,
      format: 'cjs',
      platform: 'node',
      packages: 'external',
      logLevel: 'error',
    },
    plugins: [
      {
        name: 'mutant',
        setup: ({ onLoad }) => {
          onLoad({ filter: /\.ts$/ }, ({ path }) =>
            basename(path) === mutant?.file ? { contents: mutated(mutant), loader: 'ts' } : undefined,
          );
        },
      },
    ],
  });
  const module = { exports: {} as { createMemoryStore(): Store } };
  new Function('module', 'exports', 'require', outputFiles[0]?.text ?? '')(module, module.exports, require);
  return module.exports.createMemoryStore();
};

const mutant = (name: string, file: string, from: string, to: string): ModelMutant => ({
  name,
  file,
  from,
  to,
});

export const mutants: readonly ModelMutant[] = [
  // Conditions
  mutant(
    'AND is OR',
    'condition.ts',
    'holds(condition.left, item, scope) && holds',
    'holds(condition.left, item, scope) || holds',
  ),
  mutant(
    'NOT is nothing',
    'condition.ts',
    'return !holds(condition.of, item, scope)',
    'return holds(condition.of, item, scope)',
  ),
  mutant(
    'OR binds before AND',
    'parse-condition.ts',
    "part = bare({ kind: 'and', left: part.condition, right: partOf(reader).condition })",
    "part = bare({ kind: 'and', left: part.condition, right: anyOf(reader).condition })",
  ),
  mutant('less is less or equal', 'condition.ts', "'<': (order) => order < 0", "'<': (order) => order <= 0"),
  mutant(
    'what is missing differs from nothing',
    'condition.ts',
    "return comparator === '<>'",
    'return false',
  ),
  mutant(
    'BETWEEN leaves its upper bound out',
    'condition.ts',
    "holdsBetween('<=', value, get(condition.high))",
    "holdsBetween('<', value, get(condition.high))",
  ),
  mutant(
    'IN looks at the first only',
    'condition.ts',
    'condition.among.some(',
    'condition.among.slice(0, 1).some(',
  ),
  mutant('contains is begins_with', 'condition.ts', 'value.includes(part)', 'value.startsWith(part)'),
  mutant(
    'attributes of null do not exist',
    'condition.ts',
    '(valueAt(item, condition.path, scope) !== undefined)',
    '((valueAt(item, condition.path, scope) ?? undefined) !== undefined)',
  ),
  mutant(
    'lists have the size of maps',
    'condition.ts',
    'if (isList(value)) return value.length',
    'if (isList(value)) return value.length + 1',
  ),
  mutant(
    'sets are equal by their order',
    'order.ts',
    'if (isSet(a) && isSet(b)) return areMembersSame(a, b)',
    'if (isSet(a) && isSet(b)) return areSame([...a], [...b])',
  ),
  mutant('redundant parentheses are taken', 'parse-condition.ts', 'if (inner.inParentheses)', 'if (false)'),
  mutant('reserved words are taken', 'reader.ts', 'else if (isReserved(text))', 'else if (false)'),
  mutant('unused values are taken', 'scope.ts', 'if (unused.length > 0)', 'if (false)'),
  // Updates
  mutant(
    'sums are those of doubles',
    'decimal.ts',
    'if (Number.isSafeInteger(a) && Number.isSafeInteger(b) && Number.isSafeInteger(sum)) return sum',
    'return sum',
  ),
  mutant('minus is plus', 'update.ts', 'source.isMinus ? negated(right) : right', 'right'),
  mutant(
    'SET sees what was set before it',
    'update.ts',
    'valueFor(action.source, old, scope)',
    'valueFor(action.source, item, scope)',
  ),
  mutant(
    'if_not_exists takes null for missing',
    'update.ts',
    'return value === undefined ? valueFor(source.otherwise',
    'return value == null ? valueFor(source.otherwise',
  ),
  mutant(
    'list_append puts the second first',
    'update.ts',
    'return [...asList(valueFor(source.left, old, scope)), ...asList(valueFor(source.right, old, scope))]',
    'return [...asList(valueFor(source.right, old, scope)), ...asList(valueFor(source.left, old, scope))]',
  ),
  mutant(
    'DELETE leaves empty sets',
    'update.ts',
    'return left.length > 0 ? new Set(left) : undefined',
    'return new Set(left)',
  ),
  mutant('ADD of a set replaces it', 'update.ts', 'return new Set([...before, ...news])', 'return value'),
  mutant(
    'an update makes no item',
    'write.ts',
    'updatedItem(actions, old ?? key, scope)',
    'old ? updatedItem(actions, old, scope) : key',
  ),
  mutant('keys may be updated', 'update.ts', 'if (keys.includes(String(path[0])))', 'if (false)'),
  // Items
  mutant(
    'items may be a byte too large',
    'write.ts',
    'if (itemBytes(item) > MOST_BYTES)',
    'if (itemBytes(item) > MOST_BYTES + 200)',
  ),
  mutant('numbers take a byte for each digit', 'size.ts', 'return pairs + 1', 'return text.length + 1'),
  mutant('keys may be empty', 'schema.ts', 'if (isEmpty(value))', 'if (false)'),
  mutant(
    'keys of indexes may be of any type',
    'schema.ts',
    'if (typeOf(value) !== type || isEmpty(value))',
    'if (false)',
  ),
  mutant(
    'items that have only one key of an index stand in it',
    'sorted.ts',
    'this.#required.every(',
    'this.#required.some(',
  ),
  mutant(
    'items stay in an index that they left',
    'table.ts',
    'entries.replace(before, after)',
    'entries.replace(undefined, after)',
  ),
  // Reads
  mutant('order is that of UTF-16', 'order.ts', 'unit + 0x10000 : unit', 'unit : unit'),
  mutant(
    'begins_with goes on behind the prefix',
    'key-condition.ts',
    'order(value, prefix) < 0 || startsWith(value, prefix)',
    'true',
  ),
  mutant('pages begin with the starting key', 'read.ts', '=== 0 ? at + 1 : at', '=== 0 ? at : at'),
  mutant(
    'descending pages begin with the starting key',
    'read.ts',
    'entries.slice(0, at).reverse()',
    'entries.slice(0, at + 1).reverse()',
  ),
  mutant('descending is ascending', 'read.ts', 'input.ScanIndexForward !== false', 'true'),
  mutant(
    'Limit does not count what a filter takes out',
    'read.ts',
    'const most = Math.min(',
    'const most = filter ? candidates.length : Math.min(',
  ),
  mutant(
    'the last page has no last key',
    'read.ts',
    'read < candidates.length || read === input.Limit',
    'read < candidates.length',
  ),
  mutant(
    'last keys lack those of the index',
    'read.ts',
    '...(index ? attributesOf(index) : [])].map',
    '...[]].map',
  ),
  mutant('pages have no end', 'read.ts', 'if (bytes + size > MOST_PAGE_BYTES) break', ''),
  mutant('indexes give everything', 'read.ts', '(index ? (inIndex(index, item) as Item) : item)', 'item'),
  mutant('indexes are read consistently', 'read.ts', 'if (index && input.ConsistentRead)', 'if (false)'),
  // Transactions
  mutant(
    'a transaction does what it can',
    'transact.ts',
    'if (met.some(({ reason }) => reason !== NONE))',
    'if (met.every(({ reason }) => reason !== NONE))',
  ),
  mutant(
    'reasons have no items',
    'transact.ts',
    'write.returnsOldOnFailure ? before?.item : undefined',
    'undefined',
  ),
  mutant(
    'a token is forgotten',
    'transact.ts',
    'if (token !== undefined) this.#done.set',
    'if (false) this.#done.set',
  ),
  mutant(
    'a token fits whatever comes',
    'transact.ts',
    'if (!areSame(toStored(done), toStored(input.TransactItems)))',
    'if (false)',
  ),
  mutant('an item may be written twice', 'transact.ts', 'if (seen.has(id))', 'if (false)'),
  mutant('transactions have no end', 'transact.ts', 'items.length > MOST_ACTIONS', 'false'),
  mutant('transactions have no greatest size', 'transact.ts', '> MOST_BYTES)', '> Number.POSITIVE_INFINITY)'),
  // Capacity
  mutant('transactions cost as single writes do', 'capacity.ts', 'used.table += times * ', 'used.table += '),
  mutant(
    'writes are counted by what is new',
    'capacity.ts',
    'Math.max(before?.bytes ?? 0, after?.bytes ?? 0)',
    '(after?.bytes ?? 0)',
  ),
  mutant('indexes are written whether they change or not', 'capacity.ts', 'areSame(old, next) ? 0 : ', ''),
  mutant(
    'a key that changes costs an index one write',
    'capacity.ts',
    'return units(old) + units(next)',
    'return units(next)',
  ),
  mutant('reads that may lag cost as much', 'capacity.ts', '(isConsistent ? 1 : 0.5)', '1'),
];
