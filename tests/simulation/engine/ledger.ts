import type { Plain } from './store.ts';

/** One item in a request that the store has carried out. */
export interface ItemChange {
  /** `desk`, `platform`, `admin` */
  readonly table: string;
  readonly pk: string;
  readonly sk: string;
  readonly before: Plain | undefined;
  readonly after: Plain | undefined;
}

const keyOf = (table: string, { pk, sk }: Plain): string => `${table}\n${pk}\n${sk}`;

const moduleOf = (tableName: string): string => tableName.slice(tableName.lastIndexOf('-') + 1);

const without = (item: Plain, names: readonly string[]): Plain =>
  Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name)));

const CLAUSES = /\b(SET|REMOVE|ADD)\b/;

const splitClauses = (expression: string): [string, string[]][] => {
  const parts = expression.split(CLAUSES).map((part) => part.trim());
  const clauses: [string, string[]][] = [];
  for (let i = 1; i + 1 < parts.length; i += 2)
    clauses.push([parts[i] ?? '', (parts[i + 1] ?? '').split(',').map((each) => each.trim())]);
  return clauses;
};

/** The few forms of an update expression that the product uses: `SET a = :b, #c = d REMOVE e ADD f :g`. */
const updated = (before: Plain | undefined, update: Plain): Plain => {
  const names = (update.ExpressionAttributeNames ?? {}) as Record<string, string>;
  const values = (update.ExpressionAttributeValues ?? {}) as Plain;
  const name = (token: string): string => names[token] ?? token;
  const old: Plain = before ?? { ...update.Key };
  const operand = (token: string): unknown => (token.startsWith(':') ? values[token] : old[name(token)]);
  let item: Plain = { ...old };
  for (const [clause, actions] of splitClauses(String(update.UpdateExpression))) {
    for (const action of actions) {
      if (clause === 'REMOVE') item = without(item, [name(action)]);
      else if (clause === 'ADD') {
        const [target = '', amount = ''] = action.split(/\s+/);
        item[name(target)] = Number(item[name(target)] ?? 0) + Number(operand(amount));
      } else {
        const [target = '', source = ''] = action.split(/\s*=\s*/);
        item[name(target)] = operand(source);
      }
    }
  }
  return item;
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
