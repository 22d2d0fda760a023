import type { Locale } from '../model.ts';

/** Each fits one SMS, the Russian one in UCS-2 (70 characters) with six digits in place of `{code}`. */
const TEXTS: Readonly<Record<Locale, string>> = {
  ru: 'Код для входа: {code}. Никому его не говорите.',
  en: 'Your sign-in code is {code}. Never tell it to anybody.',
};

export const codeText = (locale: Locale): string => TEXTS[locale];

/** For whoever did not say: countries of the Russian numbering zone. */
export const localeOf = (dialCode: string): Locale => (dialCode === '7' ? 'ru' : 'en');
