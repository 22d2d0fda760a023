import { ValidationException } from './errors.ts';
import type { Parsed, Path, ValueNode } from './syntax.ts';
import { type Item, isList, isMap, toItem, type Value } from './values.ts';

/** What a request's expressions refer to. */
export interface Scope {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Item;
}

interface WithReferences {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: object;
}

const requireAll = (wanted: ReadonlySet<string>, given: object, what: string): void => {
  for (const name of wanted)
    if (!(name in given))
      throw new ValidationException(`An expression attribute ${what} used is not defined; ${what}: ${name}`);
};

const refuseUnused = (given: object, used: (name: string) => boolean, what: string): void => {
  const unused = Object.keys(given).filter((name) => !used(name));
  if (unused.length > 0)
    throw new ValidationException(
      `Value provided in ExpressionAttribute${what} unused in expressions: keys: {${unused.join(', ')}}`,
    );
};

/** Throws ValidationException when a request leaves something undefined, or defines what no expression of it uses. */
export const scopeOf = (
  request: WithReferences,
  expressions: readonly (Parsed<unknown> | undefined)[],
): Scope => {
  const names = request.ExpressionAttributeNames ?? {};
  const values = toItem(request.ExpressionAttributeValues);
  const parsed = expressions.filter((each) => each !== undefined);
  for (const each of parsed) {
    requireAll(each.names, names, 'name');
    requireAll(each.values, values, 'value');
  }
  refuseUnused(names, (name) => parsed.some((each) => each.names.has(name)), 'Names');
  refuseUnused(values, (name) => parsed.some((each) => each.values.has(name)), 'Values');
  return { names, values };
};

export const givenValue = ({ name }: ValueNode, { values }: Scope): Value => values[name] as Value;

/** A step with its placeholder looked up. */
export const stepOf = (step: string | number, { names }: Scope): string | number =>
  typeof step === 'string' && step.startsWith('#') ? (names[step] as string) : step;

export const pathOf = (path: Path, scope: Scope): Path => path.map((step) => stepOf(step, scope));

/** A member of a list or a map, when there is one. */
export const memberOf = (container: Value | undefined, step: string | number): Value | undefined => {
  if (typeof step === 'number') return isList(container) ? container[step] : undefined;
  return isMap(container) && Object.hasOwn(container, step) ? container[step] : undefined;
};

/** What stands at a path of an item. */
export const valueAt = (item: Item | undefined, path: Path, scope: Scope): Value | undefined => {
  let value: Value | undefined = item;
  for (const step of path) value = memberOf(value, stepOf(step, scope));
  return value;
};
