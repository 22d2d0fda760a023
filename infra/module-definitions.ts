import { join } from 'node:path';
import type { ModuleDefinition } from '../lib/platform/define-module.ts';
import { moduleNames } from './modules.ts';

const LIB = join(import.meta.dirname, '../lib');

/**
 * A module as its lib/<module>/module.ts defines it.
 * @throws Error when the file defines another module than that of its folder.
 */
export const definitionOf = async (name: string): Promise<ModuleDefinition> => {
  const file = join(LIB, name, 'module.ts');
  const { definition } = (await import(file)) as { definition: ModuleDefinition };
  if (definition.name !== name) throw new Error(`${file} defines ${definition.name}`);
  return definition;
};

export const moduleDefinitions = (): Promise<ModuleDefinition[]> =>
  Promise.all(moduleNames().map(definitionOf));
