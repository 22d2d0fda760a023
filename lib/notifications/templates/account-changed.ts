import type { Locale, TemplateContent } from '../model.ts';

/** Names nobody by name: people choose their own, and an admin must not be led anywhere by one. */
export const accountChanged: Readonly<Record<Locale, TemplateContent>> = {
  ru: {
    subject: '{{ product }}: изменена учётная запись ({{ action }})',
    text: `Здравствуйте{% if name %}, {{ name }}{% endif %}!

{% case action %}{% when 'user.created' %}Заведена служебная учётная запись{% when 'user.roles-changed' %}Изменены роли учётной записи{% when 'user.locked' %}Учётная запись заблокирована{% else %}Учётная запись разблокирована{% endcase %} ({{ action }}).

Учётная запись: {{ accountId }}
Кем: {{ byId }}

Об этом узнают все администраторы. Если вы этого не ждали, выясните у того, кто это сделал; подробности в журнале аудита.
`,
    html: `<p>Здравствуйте{% if name %}, {{ name }}{% endif %}!</p>
<p>{% case action %}{% when 'user.created' %}Заведена служебная учётная запись{% when 'user.roles-changed' %}Изменены роли учётной записи{% when 'user.locked' %}Учётная запись заблокирована{% else %}Учётная запись разблокирована{% endcase %} ({{ action }}).</p>
<p>Учётная запись: {{ accountId }}<br>Кем: {{ byId }}</p>
<p>Об этом узнают все администраторы. Если вы этого не ждали, выясните у того, кто это сделал; подробности в журнале аудита.</p>`,
    sms: '{{ product }}: изменена учётная запись ({{ action }}). Подробности в журнале аудита.',
  },
  en: {
    subject: '{{ product }}: an account was changed ({{ action }})',
    text: `Hello{% if name %}, {{ name }}{% endif %}!

{% case action %}{% when 'user.created' %}A staff account was made{% when 'user.roles-changed' %}The roles of an account were changed{% when 'user.locked' %}An account was locked{% else %}An account was unlocked{% endcase %} ({{ action }}).

Account: {{ accountId }}
By: {{ byId }}

All admins are notified of this. If you did not expect it, ask whoever did it; the audit log has the details.
`,
    html: `<p>Hello{% if name %}, {{ name }}{% endif %}!</p>
<p>{% case action %}{% when 'user.created' %}A staff account was made{% when 'user.roles-changed' %}The roles of an account were changed{% when 'user.locked' %}An account was locked{% else %}An account was unlocked{% endcase %} ({{ action }}).</p>
<p>Account: {{ accountId }}<br>By: {{ byId }}</p>
<p>All admins are notified of this. If you did not expect it, ask whoever did it; the audit log has the details.</p>`,
    sms: '{{ product }}: an account was changed ({{ action }}). The audit log has the details.',
  },
};
