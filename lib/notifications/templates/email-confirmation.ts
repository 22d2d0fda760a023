import type { Locale, TemplateContent } from '../model.ts';

export const emailConfirmation: Readonly<Record<Locale, TemplateContent>> = {
  ru: {
    subject: 'Подтвердите адрес электронной почты',
    text: `Здравствуйте{% if name %}, {{ name }}{% endif %}!

Чтобы подтвердить этот адрес для {{ product }}, откройте страницу и нажмите на ней кнопку:

{{ link }}

Ссылка действует 24 часа и срабатывает один раз. Если вы не указывали этот адрес, ничего делать не нужно.
`,
    html: `<p>Здравствуйте{% if name %}, {{ name }}{% endif %}!</p>
<p>Чтобы подтвердить этот адрес для {{ product }}, откройте страницу и нажмите на ней кнопку:</p>
<p><a class="button" href="{{ link }}">Подтвердить адрес</a></p>
<p>Ссылка действует 24 часа и срабатывает один раз. Если вы не указывали этот адрес, ничего делать не нужно.</p>
<p class="small">Если кнопка не открывается, скопируйте адрес:<br>{{ link }}</p>`,
  },
  en: {
    subject: 'Confirm your e-mail address',
    text: `Hello{% if name %}, {{ name }}{% endif %}!

To confirm this address for {{ product }}, open this page and press the button on it:

{{ link }}

The link works for 24 hours and only once. If you did not give this address, there is nothing to do.
`,
    html: `<p>Hello{% if name %}, {{ name }}{% endif %}!</p>
<p>To confirm this address for {{ product }}, open this page and press the button on it:</p>
<p><a class="button" href="{{ link }}">Confirm the address</a></p>
<p>The link works for 24 hours and only once. If you did not give this address, there is nothing to do.</p>
<p class="small">If the button does not open, copy this address:<br>{{ link }}</p>`,
  },
};
