import fc from 'fast-check';
import {
  MAX_TEXT_CHARS,
  messageIdOf,
  requestedTicket,
  textSchema,
} from '../../../lib/desk/intake/message.ts';
import { messageIdSchema } from '../../../lib/desk/model.ts';

const key = fc.string({ minLength: 1, maxLength: 60, unit: fc.constantFrom(...'abcXYZ019!~:/#') });

describe('the id of a message', () => {
  it('R-DESK-02 is the same for the same client and key, and another for any other', () => {
    fc.assert(
      fc.property(key, key, key, key, (clientA, keyA, clientB, keyB) => {
        const same = clientA === clientB && keyA === keyB;
        expect(messageIdOf(clientA, keyA) === messageIdOf(clientB, keyB)).toBe(same);
      }),
    );
  });

  it('R-DESK-02 cannot be met by moving characters from client to key', () => {
    expect(messageIdOf('usr_a', 'bc')).not.toBe(messageIdOf('usr_ab', 'c'));
  });

  it('R-DESK-02 is a UUID of version 8 and the RFC variant', () => {
    fc.assert(
      fc.property(key, (each) => {
        const id = messageIdOf('usr_1', each);
        expect(id).toMatch(/^msg_[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(messageIdSchema.safeParse(id).success).toBe(true);
      }),
    );
  });
});

describe('the ticket a message asks for', () => {
  const id = 'tkt_019b8d2b-8c00-7000-8005-1c5f2704c89c';

  it('R-DESK-03 is the one it names', () => expect(requestedTicket(id)).toBe(id));

  it.each([undefined, null, '', 'nonsense', 17, {}, [id], `${id} `, id.toUpperCase(), 'x'.repeat(5000)])(
    'R-DESK-03 is none, and no error, for %p',
    (value) => expect(requestedTicket(value)).toBeUndefined(),
  );
});

describe('the text of a message', () => {
  it.each([
    ['a letter', 'a', true],
    ['4000 letters', 'я'.repeat(MAX_TEXT_CHARS), true],
    ['4000 emoji, 8000 code units', '😀'.repeat(MAX_TEXT_CHARS), true],
    ['4001 letters', 'a'.repeat(MAX_TEXT_CHARS + 1), false],
    ['4001 emoji', '😀'.repeat(MAX_TEXT_CHARS + 1), false],
    ['nothing', '', false],
    ['blanks', ' \n\t', false],
  ])('of %s', (_, text, fits) => expect(textSchema.safeParse(text).success).toBe(fits));
});
