import type { TestRuntime } from './aws/index.ts';

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly by: Readonly<Record<string, string>>;
}

/** The same runtime, and what is counted and measured from now on. */
export const measured = (quiet: TestRuntime): { rt: TestRuntime; figures: Figure[] } => {
  const figures: Figure[] = [];
  const log: TestRuntime['log'] = {
    ...quiet.log,
    metric: (name, value, fields = {}, { by = {} } = {}) => void figures.push({ name, value, fields, by }),
    with: () => log,
  };
  return { rt: { ...quiet, log }, figures };
};
