import type { Locale, TemplateContent } from '../model.ts';

/** Names nobody by name: people choose their own, and nobody must be led anywhere by one. */
export const actedAlone: Readonly<Record<Locale, TemplateContent>> = {
  ru: {
    subject: '{{ product }}: сделано без второго подтверждения ({{ kind }})',
    text: `Здравствуйте{% if name %}, {{ name }}{% endif %}!

Единственный администратор сделал один то, что делают двое: {{ kind }}

Предмет: {{ subject }}
Кем: {{ byId }}

Об этом узнают все руководители. Если вы этого не ждали, выясните у того, кто это сделал; подробности в журнале аудита.
`,
    html: `<p>Здравствуйте{% if name %}, {{ name }}{% endif %}!</p>
<p>Единственный администратор сделал один то, что делают двое: {{ kind }}</p>
<p>Предмет: {{ subject }}<br>Кем: {{ byId }}</p>
<p>Об этом узнают все руководители. Если вы этого не ждали, выясните у того, кто это сделал; подробности в журнале аудита.</p>`,
    sms: '{{ product }}: единственный администратор сделал один то, что делают двое ({{ kind }}). Подробности в журнале аудита.',
  },
  en: {
    subject: '{{ product }}: done without a second approval ({{ kind }})',
    text: `Hello{% if name %}, {{ name }}{% endif %}!

The only admin did alone what two persons do: {{ kind }}

Subject: {{ subject }}
By: {{ byId }}

All managers are notified of this. If you did not expect it, ask whoever did it; the audit log has the details.
`,
    html: `<p>Hello{% if name %}, {{ name }}{% endif %}!</p>
<p>The only admin did alone what two persons do: {{ kind }}</p>
<p>Subject: {{ subject }}<br>By: {{ byId }}</p>
<p>All managers are notified of this. If you did not expect it, ask whoever did it; the audit log has the details.</p>`,
    sms: '{{ product }}: the only admin did alone what two persons do ({{ kind }}). The audit log has the details.',
  },
};
