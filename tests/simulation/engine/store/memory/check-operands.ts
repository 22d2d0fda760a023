import { ValidationException } from './errors.ts';
import { compare } from './order.ts';
import { givenValue, type Scope } from './scope.ts';
import type { Condition, Operand } from './syntax.ts';
import { typeOf, type Value } from './values.ts';

const TYPES: ReadonlySet<Value> = new Set(['NULL', 'BOOL', 'N', 'S', 'B', 'SS', 'NS', 'BS', 'L', 'M']);
const ORDERED = ['S', 'N', 'B'];

const refuse = (operator: string, type: string): never => {
  throw new ValidationException(
    `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`,
  );
};

const given = (operand: Operand, scope: Scope): Value | undefined =>
  operand.kind === 'value' ? givenValue(operand, scope) : undefined;

interface Check {
  readonly operator: string;
  readonly operands: readonly Operand[];
  readonly types: readonly string[];
}

const requireTypes = ({ operator, operands, types }: Check, scope: Scope): void => {
  for (const operand of operands) {
    const value = given(operand, scope);
    if (value !== undefined && !types.includes(typeOf(value))) refuse(operator, typeOf(value));
  }
};

const requireOrder = (low: Value | undefined, high: Value | undefined): void => {
  if (low === undefined || high === undefined) return;
  const order = compare(low, high);
  if (order === undefined || order > 0)
    throw new ValidationException('The BETWEEN operator requires bounds of one type, the lower one first');
};

/** Throws ValidationException for values that make a condition senseless, as DynamoDB does before it looks at the item. */
export const checkOperands = (condition: Condition, scope: Scope): void => {
  switch (condition.kind) {
    case 'compare': {
      const { comparator: operator, left, right } = condition;
      if (operator !== '=' && operator !== '<>')
        requireTypes({ operator, operands: [left, right], types: ORDERED }, scope);
      return;
    }
    case 'between': {
      const { operand, low, high } = condition;
      requireTypes({ operator: 'BETWEEN', operands: [operand, low, high], types: ORDERED }, scope);
      requireOrder(given(low, scope), given(high, scope));
      return;
    }
    case 'begins': {
      const operands = [condition.operand, condition.prefix];
      requireTypes({ operator: 'begins_with', operands, types: ['S', 'B'] }, scope);
      return;
    }
    case 'type': {
      const type = given(condition.type, scope);
      if (type !== undefined && !TYPES.has(type)) refuse('attribute_type', String(type));
      return;
    }
    case 'not':
      checkOperands(condition.of, scope);
      return;
    case 'and':
    case 'or':
      checkOperands(condition.left, scope);
      checkOperands(condition.right, scope);
      return;
    default:
  }
};
