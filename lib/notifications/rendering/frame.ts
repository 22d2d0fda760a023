// @pure

import type { Locale } from '../model.ts';

const FOOT: Readonly<Record<Locale, string>> = {
  ru: 'Это письмо отправлено автоматически, отвечать на него не нужно.',
  en: 'This e-mail was sent automatically; there is no need to answer it.',
};

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

/** The page around the words of an e-mail. Mail programs read styles in the head or not at all, so it is plain without. */
export const frameHtml = (email: {
  locale: Locale;
  subject: string;
  body: string;
}): string => `<!doctype html>
<html lang="${email.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(email.subject)}</title>
<style>
body{margin:0;padding:24px;background:#f4f4f1;color:#1c1c1a;font:16px/1.5 system-ui,sans-serif}
main{max-width:560px;margin:0 auto;padding:24px;background:#fff;border-radius:8px}
.button{display:inline-block;padding:10px 18px;background:#14532d;color:#fff;border-radius:6px;text-decoration:none}
.small,footer{font-size:13px;color:#5f5f58;word-break:break-all}
</style>
</head>
<body>
<main>
${email.body}
<footer>${FOOT[email.locale]}</footer>
</main>
</body>
</html>
`;

/** The same foot under an e-mail in plain text. */
export const frameText = ({ locale, body }: { locale: Locale; body: string }): string =>
  `${body.trimEnd()}\n\n--\n${FOOT[locale]}\n`;

const MAX_SUBJECT_CHARS = 200;

/** One line, whatever a name in it holds: a line break in a subject would begin another header. */
export const oneLine = (subject: string): string =>
  subject
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, MAX_SUBJECT_CHARS);
