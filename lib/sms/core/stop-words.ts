// @pure

import { withoutInvisible } from '../../platform/input/pasted-text.ts';
import type { SmsCategory } from '../model.ts';
import type { Wish } from './inbound-model.ts';

/**
 * Words that end messages by themselves. English: 47 CFR 64.1200(a)(10) (stop, quit, end, revoke, opt out, cancel,
 * unsubscribe) and the carriers' lists (Twilio: REVOKE, OPTOUT; AWS and carriers: REMOVE, ARRET). French and Russian as
 * people write them.
 */
const STOP_WORDS = [
  ...['stop', 'stopall', 'quit', 'end', 'revoke', 'optout', 'cancel', 'unsubscribe', 'unsub', 'remove'],
  ...['arret', 'arreter', 'arretez', 'desabonner', 'desabonnement', 'desinscription', 'desinscrire'],
  ...['стоп', 'отписка', 'отписаться', 'отписать', 'отпиши', 'отпишите', 'отмена', 'отказ'],
];

/** Words that undo a stop. YES, which some carriers take, is too often an answer to something else. */
const START_WORDS = ['start', 'unstop', 'старт'];

/** Words beside a stop word that do not change its meaning: `stop please`, `СТОП рассылка`, `stop texting me`. */
const FILLERS = [
  ...[
    'please',
    'pls',
    'plz',
    'thanks',
    'thank',
    'you',
    'now',
    'all',
    'any',
    'these',
    'your',
    'me',
    'from',
    'the',
  ],
  ...[
    'sms',
    'text',
    'texts',
    'texting',
    'message',
    'messages',
    'messaging',
    'sending',
    'marketing',
    'ads',
    'spam',
  ],
  ...['svp', 'merci', 'pub', 'publicite', 'publicites', 'tout', 'vos', 'les'],
  ...[
    'пожалуйста',
    'спасибо',
    'смс',
    'рассылка',
    'рассылку',
    'рассылки',
    'рассылок',
    'сообщения',
    'сообщений',
  ],
  ...['реклама', 'рекламу', 'рекламы', 'спам', 'все', 'всё', 'мне', 'меня', 'от', 'ваши', 'ваших'],
];

/** Beginnings of words that speak of leaving: not clear enough to act on, clear enough to be read by a manager. */
const STEMS = [
  'stop',
  'unsub',
  'optout',
  'optingout',
  'remov',
  'revok',
  'отпис',
  'отпиш',
  'стоп',
  'удалит',
  'desabo',
  'desinscr',
  'arret',
];
const PHRASES = [
  'leavemealone',
  'nomore',
  'donottext',
  'donttext',
  'donotcontact',
  'dontcontact',
  'donotmessage',
  'неприсыла',
  'непишит',
  'незвонит',
  'неотправля',
  'отстань',
  'неписать',
];

const MAX_WORDS_READ = 6;
/** A longer text is no wish in one word; the rest is not checked. */
const MAX_CHARS = 2000;

/** NFKC without case and accents: `ＳＴＯＰ`, `Arrêt` and `СТОП` as they are meant. Source: UAX #15. */
const folded = (text: string): string =>
  withoutInvisible(text).normalize('NFKC').toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '');

/** Letters and digits of each word; hyphens and apostrophes join, all else parts. */
const wordsOf = (text: string): string[] =>
  folded(text.slice(0, MAX_CHARS))
    .replaceAll(/[\p{Pd}'’`]/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** A word or phrase of a list as it is compared: without spaces, hyphens, case and accents. */
export const stopWordOf = (text: string): string => wordsOf(text).join('');

const setOf = (words: readonly string[]): ReadonlySet<string> => new Set(words.map(stopWordOf));
const [STOPS, STARTS, FILLING] = [setOf(STOP_WORDS), setOf(START_WORDS), setOf(FILLERS)] as const;

/** The whole text, or all of it but fillers, is one word of the list. */
const says = (words: readonly string[], list: ReadonlySet<string>): boolean => {
  if (list.has(words.join(''))) return true;
  if (words.length > MAX_WORDS_READ) return false;
  const left = words.filter((word) => !FILLING.has(word));
  return left.length > 0 && left.length < words.length && list.has(left.join(''));
};

/** Contains such a word, alone or parted by a space, or speaks of leaving otherwise. */
const hints = (words: readonly string[], list: ReadonlySet<string>): boolean => {
  const pairs = words.map((word, index) => word + (words[index + 1] ?? ''));
  const together = words.join('');
  return (
    [...words, ...pairs].some((word) => list.has(word) || STEMS.some((stem) => word.startsWith(stem))) ||
    PHRASES.some((phrase) => together.includes(phrase))
  );
};

/** What a text requests. `more`: stop words of the entity it answers (R-SMS-10). */
export const wishOf = (text: string, more: readonly string[] = []): Wish => {
  const words = wordsOf(text);
  const stops = more.length === 0 ? STOPS : new Set([...STOPS, ...setOf(more)]);
  if (says(words, stops)) return 'stop';
  if (says(words, STARTS)) return 'start';
  return hints(words, stops) ? 'likely-stop' : 'none';
};

/** A stop ends marketing. A provider's stop-list ends what it refused, too; codes and services the recipient requested stay. */
export const stoppedBy = (refused?: SmsCategory): readonly SmsCategory[] =>
  refused === 'debt' ? ['marketing', 'debt'] : ['marketing'];
