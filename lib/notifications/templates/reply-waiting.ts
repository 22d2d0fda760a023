import type { Locale, TemplateContent } from '../model.ts';

export const replyWaiting: Readonly<Record<Locale, TemplateContent>> = {
  ru: {
    subject: 'Вам ответили',
    text: `Здравствуйте{% if name %}, {{ name }}{% endif %}!

На ваше обращение в {{ product }} ответили: {{ count }} {{ count | plural: 'новый ответ', 'новых ответа', 'новых ответов' }}. Войдите, чтобы прочитать.
`,
    html: `<p>Здравствуйте{% if name %}, {{ name }}{% endif %}!</p>
<p>На ваше обращение в {{ product }} ответили: {{ count }} {{ count | plural: 'новый ответ', 'новых ответа', 'новых ответов' }}. Войдите, чтобы прочитать.</p>`,
    sms: '{{ product }}: вам ответили. Войдите, чтобы прочитать.',
  },
  en: {
    subject: 'You have an answer',
    text: `Hello{% if name %}, {{ name }}{% endif %}!

Your request at {{ product }} has been answered: {{ count }} new {{ count | plural: 'reply', 'replies' }}. Sign in to read.
`,
    html: `<p>Hello{% if name %}, {{ name }}{% endif %}!</p>
<p>Your request at {{ product }} has been answered: {{ count }} new {{ count | plural: 'reply', 'replies' }}. Sign in to read.</p>`,
    sms: '{{ product }}: you have an answer. Sign in to read it.',
  },
};
