// @pure

/**
 * The answer to a stop or a start, sent once. Not counted as marketing: 47 CFR 64.1200(a)(12) lets one text confirm
 * an opt-out. All in GSM-7 or one UCS-2 part.
 */
const TEXTS = {
  en: {
    stop: 'You are unsubscribed and will get no more messages of this kind. Reply START to undo.',
    start: 'You are subscribed again. Reply STOP to end.',
  },
  fr: {
    stop: 'Vous ne recevrez plus ces messages. Repondez START pour annuler.',
    start: 'Vous recevrez a nouveau nos messages. Repondez STOP pour arreter.',
  },
  ru: {
    stop: 'Вы отписаны от рассылки. Вернуть её: ответьте START.',
    start: 'Рассылка возобновлена. Отказаться: ответьте STOP.',
  },
} as const;

export type AnswerLocale = keyof typeof TEXTS;

/** By the language of the message that was answered, else by the script of the answer itself. */
export const localeOf = (text: string, locale: string | undefined): AnswerLocale => {
  const language = locale?.slice(0, 2).toLowerCase();
  if (language === 'ru' || /\p{Script=Cyrillic}/u.test(text)) return 'ru';
  return language === 'fr' ? 'fr' : 'en';
};

export const answerText = (kind: 'stop' | 'start', locale: AnswerLocale): string => TEXTS[locale][kind];
