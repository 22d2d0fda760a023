import type { ModuleDefinition } from '../lib/platform/define-module.ts';

/** lib/platform/auth/scopes.json: what keys of machines may be allowed, module by module. Throws Error on one named twice. */
export const scopesText = (definitions: readonly ModuleDefinition[]): string => {
  const all = definitions.flatMap(({ scopes = [] }) => scopes);
  if (new Set(all).size !== all.length) throw new Error(`a scope is named twice among ${all.join(', ')}`);
  return `[${all.map((scope) => JSON.stringify(scope)).join(', ')}]\n`;
};
