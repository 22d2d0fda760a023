import { parseCondition } from './parse-condition.ts';
import { parseProjection, parseUpdate } from './parse-update.ts';
import type { Parsed } from './syntax.ts';

/** Reads each expression once: a run says the same few again and again. Undefined stays undefined. */
const once = <T>(parse: (expression: string) => Parsed<T>) => {
  const known = new Map<string, Parsed<T>>();
  return (expression: string | undefined): Parsed<T> | undefined => {
    if (expression === undefined) return undefined;
    const parsed = known.get(expression) ?? parse(expression);
    known.set(expression, parsed);
    return parsed;
  };
};

export const conditionIn = once(parseCondition);
export const updateIn = once(parseUpdate);
export const projectionIn = once(parseProjection);
