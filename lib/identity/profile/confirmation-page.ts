import { createHash } from 'node:crypto';
import { type Html, html } from '../../platform/openapi/html.ts';
import type { Locale } from '../model.ts';

const STYLE =
  'body{font:1.1rem/1.5 system-ui,sans-serif;margin:0;min-height:100vh;display:grid;place-items:center;background:#f3f5f8;color:#1c2733}' +
  'main{max-width:28rem;margin:1rem;padding:2rem;background:#fff;border-radius:.75rem}h1{font-size:1.4rem;margin-top:0}' +
  'button{font:inherit;padding:.6rem 1.4rem;border:0;border-radius:.5rem;background:#0b6bcb;color:#fff;cursor:pointer}' +
  'p{overflow-wrap:anywhere}';

const styleHash = createHash('sha256').update(STYLE).digest('base64');

/** The address of the page is a secret: no cache may store it and no referrer may carry it. */
export const CONFIRMATION_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
};

const WORDS = {
  ru: {
    question: 'Подтвердить адрес?',
    button: 'Подтвердить',
    done: 'Адрес подтверждён',
    doneText: 'Эту страницу можно закрыть.',
    spent: 'Ссылка больше не действует',
    spentText: 'Она действует сутки и срабатывает один раз. Запросите новое письмо в профиле.',
  },
  en: {
    question: 'Confirm this address?',
    button: 'Confirm',
    done: 'The address is confirmed',
    doneText: 'You may close this page.',
    spent: 'This link is good no longer',
    spentText: 'A link works for a day and only once. Ask for a new e-mail in your profile.',
  },
} as const;

const page = (locale: Locale, title: string, body: Html): string =>
  `<!doctype html>${
    html`<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>${title}</title><style>${{ markup: STYLE }}</style></head>
<body><main><h1>${title}</h1>${body}</main></body></html>`.markup
  }`;

/** The page an e-mail's link opens: a button, since mail scanners open links but press nothing. */
export const confirmPage = (locale: Locale, address: string): string =>
  page(
    locale,
    WORDS[locale].question,
    html`<p>${address}</p><form method="post"><button>${WORDS[locale].button}</button></form>`,
  );

export const donePage = (locale: Locale, address: string): string =>
  page(locale, WORDS[locale].done, html`<p>${address}</p><p>${WORDS[locale].doneText}</p>`);

/** Whose link it was is not known any more, so it speaks both languages. */
export const spentPage = (): string =>
  page(
    'en',
    WORDS.en.spent,
    html`<p>${WORDS.en.spentText}</p><h1 lang="ru">${WORDS.ru.spent}</h1><p lang="ru">${WORDS.ru.spentText}</p>`,
  );
