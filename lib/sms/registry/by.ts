import { auditEvent } from '../../platform/audit.ts';
import type { Caller } from '../../platform/auth/caller.ts';
import type { EventDraft } from '../../platform/events/event.ts';
import type { Origin } from '../../platform/http/on-http.ts';
import type { Runtime } from '../../platform/runtime.ts';

/** Who does it, and from where. */
export interface By {
  readonly caller: Caller;
  readonly origin: Origin;
}

export interface Deed {
  /** `legal-entity.edited` */
  readonly action: string;
  /** `legal-entity/ent_…` */
  readonly subject: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The audit entry of a deed: it goes into the commit of the change. */
export const audited = (rt: Runtime, { caller, origin }: By, deed: Deed): EventDraft =>
  auditEvent(rt, { actor: caller, origin, ...deed });
