import type { Scope } from './caller.ts';
import type { EventDefinition } from './events/define-event.ts';

/** What the product needs to know of a module; collected by infra, by `npm run generate` and by tests. */
export interface ModuleDefinition {
  /** Its folder in lib/ and functions/. Names of its events begin with it. */
  readonly name: string;
  /** The table that it keeps, if it does. */
  readonly table?: string;
  /** Whether callers' keys, and who lost access, are kept in its table: that of exactly one module. */
  readonly keepsAccess?: boolean;
  /** What keys of machines may be allowed here. */
  readonly scopes?: readonly Scope[];
  /** What people change while it runs, as `defineSettings` gives it. */
  readonly settings?: readonly { readonly name: string; readonly table: string }[];
  /** Events which are declared elsewhere and which it publishes beside its own and `audit.recorded`. */
  readonly alsoPublishes?: readonly EventDefinition[];
}

/** Registers a module: its `lib/<module>/module.ts` exports this as `definition`, and product code does not import it. */
export const defineModule = (definition: ModuleDefinition): ModuleDefinition => definition;
