import type { World } from '../engine/world.ts';
import { auditRecorded, type Executor, holdingOf, type Ticket } from '../product.ts';
import type { Commit, Model } from './model.ts';

interface Audited {
  readonly actor: { readonly id: string };
  readonly action: string;
  readonly subject: string;
  readonly details: { readonly as?: string };
}

/**
 * Whoever acts as a ticket's executor holds it at that moment, under the epoch of that moment: one who was taken off
 * the desk does not get one more word in (R-DESK-08).
 */
export const checkFence = (world: World, model: Model): void => {
  const tickets = new Map<string, Ticket>();
  const executors = new Map<string, Executor>();
  const check = ({ actor, action, subject, details }: Audited): void => {
    if (details.as !== 'executor') return;
    const ticket = tickets.get(subject.slice('ticket/'.length));
    const executor = executors.get(actor.id);
    if (ticket && executor && holdingOf(ticket, executor) === 'holds') return;
    const epochs = `epoch ${executor?.epoch}, the ticket's lease ${ticket?.leaseEpoch} of ${ticket?.executorId}`;
    world.report('fence', `${actor.id} ${action} ${subject} without holding it (${epochs})`);
  };
  model.onEach((commit: Commit) => {
    for (const { type, data } of commit.events)
      if (type === auditRecorded.name) check(data as unknown as Audited);
    for (const { after } of commit.tickets) if (after) tickets.set(after.id, after);
    for (const { after } of commit.executors) if (after) executors.set(after.id, after);
  });
};
