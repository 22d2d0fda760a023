import fc from 'fast-check';
import { cardOf, shortText, withEntry } from '../../../lib/desk/core/ticket-card.ts';
import type { ThreadEntry } from '../../../lib/desk/model.ts';
import { lastEntryFor, toCardView } from '../../../lib/desk/tickets/card-view.ts';

const ticket = { ticketId: 'tkt_1', number: 12 };
const entry = (kind: ThreadEntry['kind'], second: number, text = `${kind} ${second}`): ThreadEntry => ({
  messageId: `msg_${kind}${second}`,
  ticketId: 'tkt_1',
  kind,
  authorId: `usr_${kind}`,
  at: `2026-11-29T08:00:${String(second).padStart(2, '0')}.000Z`,
  text,
  attachments: [],
});
const nameOf = (id: string) => `name of ${id}`;
const card = (...entries: ThreadEntry[]) => {
  const made = cardOf(entries, ticket);
  if (!made) throw new Error('there is no card');
  return made;
};

describe('a short text', () => {
  it.each([
    ['a line break and controls', 'one\r\n\ttwo\u0000\u0007three', 'one two three'],
    ['marks that turn the direction', 'abc\u202Efdp.exe\u2066', 'abcfdp.exe'],
    ['a decomposed character', 'e\u0301te\u0301', 'été'],
    ['half a surrogate pair', `a${'😀'[0]}`, 'a\uFFFD'],
    ['white space around', '  a   b  ', 'a b'],
  ])('R-DESK-10 is one line without %s', (_, text, short) => {
    expect(shortText(text)).toBe(short);
  });

  it('R-DESK-10 ends after 80 characters, never within one', () => {
    expect(shortText('ё'.repeat(200))).toBe('ё'.repeat(80));
    expect(shortText('😀'.repeat(30_000))).toBe('😀'.repeat(80));
    expect(shortText(`${'x'.repeat(79)} y`)).toBe('x'.repeat(79));
  });
});

describe('a card', () => {
  it('R-DESK-10 has the first words as its subject and counts what was written', () => {
    const entries = [
      entry('client', 1, 'The tap drips'),
      entry('reply', 2),
      entry('note', 3),
      entry('system', 4),
    ];
    expect(card(...entries)).toMatchObject({
      ...{ ticketId: 'tkt_1', number: 12, subject: 'The tap drips', version: 4 },
      ...{ fromClient: 1, replies: 1, notes: 1, system: 1 },
      lastTalk: { kind: 'system', preview: 'system 4' },
      lastNote: { kind: 'note', preview: 'note 3' },
    });
  });

  it('R-DESK-10 names the files of a message without text', () => {
    const file = { uploadId: 'upl_1', fileName: 'leak.jpg', contentType: 'image/jpeg', sizeBytes: 1 };
    expect(card({ ...entry('client', 1, ''), attachments: [file] }).subject).toBe('leak.jpg');
  });

  it('R-DESK-10 shows the entry of the latest time, whichever was written last', () => {
    const late = card(entry('client', 1), entry('reply', 9), entry('client', 5));
    expect(late).toMatchObject({ lastTalk: { kind: 'reply' }, fromClient: 2 });
  });

  it('R-DESK-10 entry by entry is the one of the whole thread', () => {
    const kinds = fc.constantFrom<ThreadEntry['kind']>('client', 'reply', 'note', 'system');
    fc.assert(
      fc.property(fc.array(fc.tuple(kinds, fc.nat(59))), (rest) => {
        const thread = [
          entry('client', 0),
          ...rest.map(([kind, second], n) => ({ ...entry(kind, second), messageId: `msg_${n}` })),
        ];
        let grown: ReturnType<typeof cardOf>;
        for (const each of thread) grown = withEntry(grown, each, ticket);
        expect(grown).toEqual(cardOf(thread, ticket));
      }),
    );
  });

  it('R-DESK-10 has its subject from its client, though another clock was behind', () => {
    expect(card(entry('system', 1), entry('client', 2, 'The tap drips')).subject).toBe('The tap drips');
  });

  it('R-DESK-10 of notes alone does not exist', () => {
    expect(cardOf([entry('note', 1)], ticket)).toBeUndefined();
    expect(withEntry(undefined, entry('note', 1), ticket)).toBeUndefined();
  });
});

describe('a card as it is shown', () => {
  const noted = card(entry('client', 1), entry('reply', 2), entry('note', 3, 'He is a liar'));

  it('R-AUTH-05 to its client is the same with a note and without', () => {
    const without = card(entry('client', 1), entry('reply', 2));
    expect(toCardView(noted, 'client', nameOf)).toEqual(toCardView(without, 'client', nameOf));
    expect(toCardView(noted, 'client', nameOf)).toEqual({
      subject: 'client 1',
      preview: 'reply 2',
      lastEntry: { at: entry('reply', 2).at, kind: 'reply', author: { displayName: 'name of usr_reply' } },
      entries: 2,
    });
  });

  it('R-AUTH-05 to its client names nobody for what they wrote themselves, or for what closed it', () => {
    for (const kind of ['client', 'system'] as const)
      expect(toCardView(card(entry('client', 1), entry(kind, 2)), 'client', nameOf).lastEntry).toEqual({
        ...{ at: entry(kind, 2).at, kind },
      });
  });

  it.each(['executor', 'manager'] as const)('R-AUTH-05 to an %s ends with the note', (viewer) => {
    expect(toCardView(noted, viewer, nameOf)).toMatchObject({
      preview: 'He is a liar',
      lastEntry: { kind: 'note', author: { id: 'usr_note', displayName: 'name of usr_note' } },
      entries: 3,
    });
    expect(lastEntryFor(card(entry('client', 1), entry('note', 2), entry('reply', 3)), viewer)?.kind).toBe(
      'reply',
    );
  });

  it('R-DESK-08 to who lost the ticket is its subject alone', () => {
    expect(toCardView(noted, 'former', nameOf)).toEqual({ subject: 'client 1' });
  });
});
