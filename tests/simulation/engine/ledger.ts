import type { Plain } from './store/store.ts';

/** One item in a request that the store has carried out. */
export interface ItemChange {
  /** `desk`, `platform`, `audit` */
  readonly table: string;
  readonly pk: string;
  readonly sk: string;
  readonly before: Plain | undefined;
  readonly after: Plain | undefined;
}

const keyOf = (table: string, { pk, sk }: Plain): string => `${table}\n${pk}\n${sk}`;

/** `desk` of `s12x0-desk` */
export const moduleOf = (tableName: string): string => tableName.slice(tableName.lastIndexOf('-') + 1);

type Path = readonly string[];

const valueAt = (item: Plain, [name = '', ...below]: Path): unknown =>
  below.length > 0 ? valueAt((item[name] ?? {}) as Plain, below) : item[name];

const without = (item: Plain, [name = '', ...below]: Path): Plain => {
  if (below.length > 0) return { ...item, [name]: without((item[name] ?? {}) as Plain, below) };
  return Object.fromEntries(Object.entries(item).filter(([each]) => each !== name));
};

const withValue = (item: Plain, [name = '', ...below]: Path, value: unknown): Plain => ({
  ...item,
  [name]: below.length > 0 ? withValue((item[name] ?? {}) as Plain, below, value) : value,
});

const CLAUSES = /\b(SET|REMOVE|ADD)\b/;
/** Commas between actions, not those within `if_not_exists(a, b)`. */
const BETWEEN_ACTIONS = /,(?![^(]*\))/;
const IF_NOT_EXISTS = /^if_not_exists\((\S+), (\S+)\)$/;

const splitClauses = (expression: string): [string, string[]][] => {
  const parts = expression.split(CLAUSES).map((part) => part.trim());
  const clauses: [string, string[]][] = [];
  for (let i = 1; i + 1 < parts.length; i += 2)
    clauses.push([parts[i] ?? '', (parts[i + 1] ?? '').split(BETWEEN_ACTIONS).map((each) => each.trim())]);
  return clauses;
};

/** The few forms of an update expression that the product uses: `SET a.b = :b, #c = d + :e, h = if_not_exists(h, d) REMOVE e ADD f :g`. */
const updated = (before: Plain | undefined, update: Plain): Plain => {
  const names = (update.ExpressionAttributeNames ?? {}) as Record<string, string>;
  const values = (update.ExpressionAttributeValues ?? {}) as Plain;
  const path = (token: string): Path => token.split('.').map((name) => names[name] ?? name);
  const old: Plain = before ?? { ...update.Key };
  const single = (token: string): unknown => {
    const [, kept, otherwise = ''] = IF_NOT_EXISTS.exec(token) ?? [];
    if (kept !== undefined) return valueAt(old, path(kept)) ?? single(otherwise);
    return token.startsWith(':') ? values[token] : valueAt(old, path(token));
  };
  const operand = (source: string): unknown => {
    const terms = source.split(/\s*\+\s*/).map(single);
    return terms.length === 1 ? terms[0] : terms.reduce<number>((sum, term) => sum + Number(term), 0);
  };
  const acted = (item: Plain, clause: string, action: string): Plain => {
    const [target = '', source = ''] = action.split(clause === 'ADD' ? /\s+/ : /\s*=\s*/);
    const at = path(target);
    if (clause === 'REMOVE') return without(item, at);
    if (clause === 'SET') return withValue(item, at, operand(source));
    return withValue(item, at, Number(valueAt(item, at) ?? 0) + Number(operand(source)));
  };
  return splitClauses(String(update.UpdateExpression)).reduce(
    (item, [clause, actions]) => actions.reduce((each, action) => acted(each, clause, action), item),
    { ...old },
  );
};

/** The writes in a request, as pairs of kind and action. */
const actionsOf = (operation: string, input: Plain): [string, Plain][] => {
  if (operation === 'TransactWriteItems')
    return (input.TransactItems as Plain[]).flatMap((item) => Object.entries(item) as [string, Plain][]);
  const kind = { PutItem: 'Put', UpdateItem: 'Update', DeleteItem: 'Delete' }[operation];
  return kind ? [[kind, input]] : [];
};

/**
 * What the store must hold, from what it said it has carried out. The checks look here, so that they see every state
 * between two requests without asking; at the end of a run the ledger is held against the store itself.
 */
export class Ledger {
  readonly #items = new Map<string, Plain>();
  readonly #tokens = new Set<string>();

  /** Notes a request that succeeded, and gives what it changed. A token seen before changes nothing again. */
  apply(operation: string, input: Plain): ItemChange[] {
    if (input.ClientRequestToken) {
      if (this.#tokens.has(input.ClientRequestToken)) return [];
      this.#tokens.add(input.ClientRequestToken);
    }
    return actionsOf(operation, input).flatMap(([kind, action]) => this.#act(kind, action));
  }

  #act(kind: string, action: Plain): ItemChange[] {
    if (kind === 'ConditionCheck') return [];
    const table = moduleOf(action.TableName);
    const key = (kind === 'Put' ? action.Item : action.Key) as Plain;
    const id = keyOf(table, key);
    const before = this.#items.get(id);
    const after =
      kind === 'Put' ? (action.Item as Plain) : kind === 'Update' ? updated(before, action) : undefined;
    if (after) this.#items.set(id, after);
    else this.#items.delete(id);
    return [{ table, pk: String(key.pk), sk: String(key.sk), before, after }];
  }

  find(table: string, pk: string, sk: string): Plain | undefined {
    return this.#items.get(keyOf(table, { pk, sk }));
  }

  all(table: string): Plain[] {
    const prefix = `${table}\n`;
    return [...this.#items].flatMap(([id, item]) => (id.startsWith(prefix) ? [item] : []));
  }
}
