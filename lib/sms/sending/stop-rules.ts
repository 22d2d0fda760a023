import type { SmsCategory } from '../model.ts';

/** What people write to be left alone. English words: those Twilio and the carriers take; Russian ones as they are used. */
const STOP_WORDS: ReadonlySet<string> = new Set([
  'stop',
  'stopall',
  'unsubscribe',
  'cancel',
  'end',
  'quit',
  'стоп',
  'отписка',
  'отписаться',
  'отмена',
]);

/** The whole text is such a word, whatever stands around it. */
export const asksToStop = (text: string): boolean =>
  STOP_WORDS.has(
    text
      .trim()
      .toLowerCase()
      .replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, ''),
  );

/** A stop ends marketing (R-SMS-10). A provider's stop-list ends what it refused, too; codes and services the person asked for stay. */
export const stoppedBy = (refused?: SmsCategory): readonly SmsCategory[] =>
  refused === 'debt' ? ['marketing', 'debt'] : ['marketing'];
