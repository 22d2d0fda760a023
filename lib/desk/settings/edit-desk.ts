import { type Actor, audited } from '../../platform/audit.ts';
import { AppError } from '../../platform/errors.ts';
import type { EventDraft } from '../../platform/events/event.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import type { Idempotency } from '../../platform/storage/idempotency.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { deskWrite, getDesk } from '../core/desk-repository.ts';
import type { Desk } from '../model.ts';
import { type DeskView, toDeskView } from './desk-view.ts';

const auditedDesk = (
  rt: Runtime,
  actor: Actor,
  { action, deskId, details }: { action: string; deskId: string; details: object },
): EventDraft => audited(rt, actor, { action, subject: `desk/${deskId}`, deskId, details: { ...details } });

/** Opens a desk; its answer is kept with it, so a repeat gets the same desk. */
export const openDesk = async (
  rt: Runtime,
  input: Actor & { name: string; timeZone: string; idempotency: Idempotency },
): Promise<DeskView> => {
  const { name, timeZone } = input;
  const desk: Desk = { id: rt.ids.next('dsk'), name, timeZone, version: 1 };
  const body = toDeskView(desk);
  await commit(rt, {
    writes: [deskWrite(rt, undefined, desk)],
    events: [auditedDesk(rt, input, { action: 'desk.opened', deskId: desk.id, details: { name, timeZone } })],
    answer: { idempotency: input.idempotency, stored: { status: 201, body, etag: String(desk.version) } },
  });
  return body;
};

/** Changes a desk's name or zone. Throws `desk-not-found`, and `stale` when it is not at `ifMatch`. */
export const editDesk = (
  rt: Runtime,
  input: Actor & {
    deskId: string;
    ifMatch: number;
    change: { name?: string | undefined; timeZone?: string | undefined };
  },
): Promise<DeskView> =>
  untilCommitted(rt, async () => {
    const before = await getDesk(rt, input.deskId);
    if (before.version !== input.ifMatch)
      throw new AppError('stale', 'stale', 'The desk was changed meanwhile.');
    const { name = before.name, timeZone = before.timeZone } = input.change;
    const after: Desk = { ...before, name, timeZone, version: before.version + 1 };
    const old = { name: before.name, timeZone: before.timeZone };
    await commit(rt, {
      writes: [deskWrite(rt, before, after)],
      events: [
        auditedDesk(rt, input, {
          action: 'desk.edited',
          deskId: before.id,
          details: { from: old, to: { name, timeZone } },
        }),
      ],
    });
    return toDeskView(after);
  });
