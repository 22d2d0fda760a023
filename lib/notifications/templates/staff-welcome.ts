import type { Locale, TemplateContent } from '../model.ts';

export const staffWelcome: Readonly<Record<Locale, TemplateContent>> = {
  ru: {
    subject: 'Вам открыт доступ к {{ product }}',
    text: `Здравствуйте{% if name %}, {{ name }}{% endif %}!

Вам открыт служебный доступ к {{ product }}. Войдите по номеру своего телефона: код придёт в SMS. Пароля нет.
`,
    html: `<p>Здравствуйте{% if name %}, {{ name }}{% endif %}!</p>
<p>Вам открыт служебный доступ к {{ product }}. Войдите по номеру своего телефона: код придёт в SMS. Пароля нет.</p>`,
    sms: '{{ product }}: вам открыт служебный доступ. Войдите по номеру этого телефона.',
  },
  en: {
    subject: 'You have been given access to {{ product }}',
    text: `Hello{% if name %}, {{ name }}{% endif %}!

You have been given staff access to {{ product }}. Sign in with your phone number: the code comes by SMS. There is no password.
`,
    html: `<p>Hello{% if name %}, {{ name }}{% endif %}!</p>
<p>You have been given staff access to {{ product }}. Sign in with your phone number: the code comes by SMS. There is no password.</p>`,
    sms: '{{ product }}: you have been given staff access. Sign in with this phone number.',
  },
};
