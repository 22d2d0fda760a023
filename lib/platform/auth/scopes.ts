import type { Scope } from '../caller.ts';
import list from './scopes.json' with { type: 'json' };

/** Every scope that some module names in its module.ts, as `npm run generate` found them. */
export const SCOPES = list as [Scope, ...Scope[]];
