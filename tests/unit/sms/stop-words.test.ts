import fc from 'fast-check';
import { stoppedBy, wishOf } from '../../../lib/sms/core/stop-words.ts';
import { answerText } from '../../../lib/sms/inbound/answer.ts';
import { mayAnswer } from '../../../lib/sms/inbound/inbound-repository.ts';
import { segmentsOf } from '../../../lib/sms/rules/encoding.ts';

/** 47 CFR 64.1200(a)(10), the carriers' lists, French and Russian, written out by hand. */
const LAW = ['stop', 'quit', 'end', 'revoke', 'opt out', 'cancel', 'unsubscribe'];
const CARRIERS = ['STOPALL', 'OPTOUT', 'OPT-OUT', 'REMOVE', 'REVOKE', 'ARRET'];
const FRENCH = ['ARRET', 'ARRÊT', 'arrêt', 'Arre\u0302t', 'désabonner'];
const RUSSIAN = ['СТОП', 'стоп', 'ОТПИСАТЬСЯ', 'ОТПИСКА', 'Отписка'];

describe('R-SMS-10 words that end messages by themselves', () => {
  test.each([...LAW, ...CARRIERS, ...FRENCH, ...RUSSIAN])('%p', (word) => {
    expect(wishOf(word)).toBe('stop');
    expect(wishOf(word.toUpperCase())).toBe('stop');
  });

  test.each([
    'STOP ALL',
    'stop please',
    'Please STOP!',
    'ｓｔｏｐ',
    '\u200Estop\u200B',
    'S T O P',
    '«Стоп»',
    'stop 🙏',
    'СТОП рассылка',
    'отписаться от рассылки',
    'STOP SMS',
    'stop texting me',
    'stop pub',
    'remove me please',
  ])('%p is one of them with what changes nothing', (text) => {
    expect(wishOf(text)).toBe('stop');
  });

  test('case, spaces, hyphens and punctuation around change nothing', () => {
    const words = fc.constantFrom(...LAW, ...CARRIERS, ...FRENCH, ...RUSSIAN);
    const noise = fc.array(fc.constantFrom(' ', '-', '–', '.', '!', '…', '\n', '\u00A0', '\u200D', '"'), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(words, noise, noise, (word, before, after) => {
        expect(wishOf(`${before.join('')}${word}${after.join('')}`)).toBe('stop');
      }),
    );
  });

  test.each([
    'Please do not stop writing to me',
    'can I cancel my order of Friday?',
    'I will be there at the end of the week',
    'Прошу отписать меня от всего и никогда не присылать ничего больше',
    'Не присылайте мне ничего',
    'unsubscribed?',
    'leave me alone',
    "don't text me",
    'stop 2',
  ])('%p only contains one: a person reads it', (text) => {
    expect(wishOf(text)).toBe('likely-stop');
  });

  test.each([
    '',
    ' ',
    'ok',
    'Спасибо, буду в пять',
    'yes',
    '👍',
    'please',
    'merci',
    'I am at the bus station',
  ])('%p is no wish', (text) => {
    expect(wishOf(text)).toBe('none');
  });

  test.each(['START', 'start!', 'UNSTOP', 'старт', 'please start'])('%p undoes it', (text) => {
    expect(wishOf(text)).toBe('start');
  });

  test('an entity adds words of its own, compared alike', () => {
    expect(wishOf('Abmelden!')).toBe('none');
    expect(wishOf('ab-melden!', ['ABMELDEN'])).toBe('stop');
    expect(wishOf('bitte abmelden heute', ['ABMELDEN'])).toBe('likely-stop');
  });

  test('no text whatever makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (text) => typeof wishOf(text) === 'string'),
    );
  });
});

test('R-SMS-10 a stop ends marketing; a stop-list ends the debt messages it refused, too', () => {
  expect(stoppedBy()).toEqual(['marketing']);
  expect(stoppedBy('otp')).toEqual(['marketing']);
  expect(stoppedBy('debt')).toEqual(['marketing', 'debt']);
});

test('R-SMS-10 the answer is one part in every language, and comes once a day at most', () => {
  for (const locale of ['en', 'fr', 'ru'] as const)
    for (const kind of ['stop', 'start'] as const) {
      expect(segmentsOf(answerText(kind, locale)).parts).toBe(1);
      // Whoever is written to by a machine like ours must not take our answer for a wish.
      expect(wishOf(answerText(kind, locale))).not.toMatch(/^(stop|start)$/);
    }
  const stop = '2026-03-02T07:00:00.000Z';
  expect(mayAnswer({ stop }, 'stop', '2026-03-03T06:59:59.999Z')).toBe(false);
  expect(mayAnswer({ stop }, 'stop', '2026-03-03T07:00:00.000Z')).toBe(true);
  expect(mayAnswer({ stop }, 'start', '2026-03-02T07:00:01.000Z')).toBe(true);
});
