import fc from 'fast-check';
import { markAfter, type ReadMark, unreadOf } from '../../../lib/desk/core/read-mark.ts';
import type { TicketCard } from '../../../lib/desk/core/ticket-card.ts';
import { readUpToFor } from '../../../lib/desk/tickets/read-up-to.ts';

const second = (n: number) => `2026-11-29T08:00:${String(n).padStart(2, '0')}.000Z`;
const last = (n: number) => ({ at: second(n), messageId: 'msg_1', authorId: 'usr_1', preview: '' });
const card: TicketCard = {
  ...{ ticketId: 'tkt_1', subject: 'Hello', fromClient: 4, replies: 3, system: 0, notes: 1, version: 8 },
  lastTalk: { ...last(20), kind: 'reply' },
  lastNote: { ...last(30), kind: 'note' },
};
const nothingLater = { fromClient: 0, replies: 0 };
const reading = (at: number, more: object = {}) => ({
  ...{ userId: 'usr_1', upTo: second(at), holds: false, later: nothingLater },
  ...more,
});

describe('a mark of reading', () => {
  it('R-DESK-10 holds how far and how much was read', () => {
    const mark = markAfter(undefined, card, reading(10, { later: { fromClient: 1, replies: 2 } }));
    expect(mark).toEqual({
      ...{ ticketId: 'tkt_1', userId: 'usr_1', upTo: second(10), fromClient: 3, replies: 1, version: 1 },
    });
    expect([unreadOf(card, mark, 'staff'), unreadOf(card, mark, 'client')]).toEqual([1, 2]);
  });

  it('R-DESK-10 of nobody leaves everything unread', () => {
    expect([unreadOf(card, undefined, 'staff'), unreadOf(card, undefined, 'client')]).toEqual([4, 3]);
  });

  it('R-DESK-10 never moves back, in whatever order windows mark', () => {
    const steps = fc.array(
      fc.record({ at: fc.nat(30), fromClient: fc.nat(4), replies: fc.nat(3), holds: fc.boolean() }),
    );
    fc.assert(
      fc.property(steps, (all) => {
        let mark: ReadMark | undefined;
        for (const { at, holds, ...later } of all) {
          const before = mark;
          mark = markAfter(mark, card, reading(at, { holds, later })) ?? mark;
          if (!before || !mark) continue;
          expect(mark.upTo >= before.upTo && mark.fromClient >= before.fromClient).toBe(true);
          expect(mark.replies >= before.replies && (mark.heldUpTo ?? '') >= (before.heldUpTo ?? '')).toBe(
            true,
          );
        }
      }),
    );
  });

  it('R-DESK-10 that says nothing new is not written', () => {
    const mark = markAfter(undefined, card, reading(20, { holds: true }));
    expect(markAfter(mark, card, reading(20, { holds: true }))).toBeUndefined();
    expect(markAfter(mark, card, reading(5))).toBeUndefined();
  });

  it('R-AUTH-05 shows the client no later instant than that of the last entry which is no note', () => {
    expect(markAfter(undefined, card, reading(30, { holds: true }))).toMatchObject({
      upTo: second(30),
      heldUpTo: second(20),
    });
  });
});

describe('how far others have read', () => {
  const ticket = { clientId: 'usr_client', executorId: 'usr_holder' };
  const mark = (userId: string, upTo: number, heldUpTo?: number): [string, ReadMark] => [
    userId,
    {
      ...{ ticketId: 'tkt_1', userId, upTo: second(upTo), fromClient: 0, replies: 0, version: 1 },
      ...(heldUpTo !== undefined && { heldUpTo: second(heldUpTo) }),
    },
  ];
  const marks = new Map([mark('usr_client', 1), mark('usr_holder', 9, 2), mark('usr_manager', 3)]);
  const seenBy = (viewer: 'client' | 'executor' | 'manager', id: string) =>
    readUpToFor({ ticket, viewer }, marks, id);

  it('R-AUTH-05 client and holder see of each other, a manager both', () => {
    expect(seenBy('client', 'usr_client')).toEqual({ you: second(1), holder: second(2) });
    expect(seenBy('executor', 'usr_holder')).toEqual({ you: second(9), client: second(1) });
    expect(seenBy('manager', 'usr_manager')).toEqual({
      ...{ you: second(3), client: second(1), holder: second(2) },
    });
  });

  it('R-AUTH-05 a client sees nothing of what somebody read before the ticket was in their hand', () => {
    const asManager = new Map([mark('usr_holder', 9)]);
    expect(readUpToFor({ ticket, viewer: 'client' }, asManager, 'usr_client')).toEqual({});
  });
});
