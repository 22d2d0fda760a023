import * as z from 'zod';
import type { Caller } from './caller.ts';
import { instant } from './clock.ts';
import { defineEvent } from './events/define-event.ts';
import type { EventDraft } from './events/event.ts';
import type { Runtime } from './runtime.ts';
import { lazily } from './storage/stored-schema.ts';

/** Who did what to what, when and from where. `details` holds old and new values and the reason, never a message text. */
export const auditEntry = lazily(() =>
  z.object({
    id: z.string(),
    at: z.iso.datetime(),
    actor: z.object({ id: z.string(), roles: z.array(z.string()) }),
    /** `ticket.assigned`: thing and past tense. */
    action: z.string(),
    /** `ticket/tkt_…`: kind and id. */
    subject: z.string(),
    deskId: z.string().optional(),
    details: z.record(z.string(), z.unknown()),
    origin: z.object({ ip: z.string(), requestId: z.string() }),
  }),
);

export type AuditEntry = z.infer<ReturnType<typeof auditEntry>>;

/** An entry for the audit log. */
export const auditRecorded = defineEvent('audit.recorded', () => auditEntry());

/** Where a request came from. */
export type Origin = AuditEntry['origin'];

/** Who does something, and from where: every use case whose deed is audited is given it. */
export interface Actor {
  readonly caller: Caller;
  readonly origin: Origin;
}

/** What an actor did. */
export interface Deed {
  /** `legal-entity.edited` */
  readonly action: string;
  /** `legal-entity/ent_…` */
  readonly subject: string;
  readonly deskId?: string | undefined;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** What the system does by itself (a timer, a schedule) has no caller and no address. */
export const SYSTEM_ACTOR: Caller = { id: 'system', roles: [] };

export interface AuditFact extends Deed {
  readonly actor: Caller;
  /** Absent when it was no HTTP request. */
  readonly origin?: Origin;
}

/**
 * The event that puts a fact into the audit log. It goes into the same `commit` as the change it tells of, so the log
 * may lag but never misses.
 */
export const auditEvent = (rt: Runtime, fact: AuditFact): EventDraft => {
  const {
    actor,
    action,
    subject,
    deskId,
    details = {},
    origin = { ip: 'internal', requestId: 'internal' },
  } = fact;
  const data: AuditEntry = {
    id: rt.ids.next('aud'),
    at: instant(rt.clock.nowMs()),
    actor: { id: actor.id, roles: [...actor.roles] },
    action,
    subject,
    ...(deskId !== undefined && { deskId }),
    details: { ...details },
    origin,
  };
  return auditRecorded.draft(data);
};

/** The same of what an actor did. */
export const audited = (rt: Runtime, { caller, origin }: Actor, deed: Deed): EventDraft =>
  auditEvent(rt, { actor: caller, origin, ...deed });
