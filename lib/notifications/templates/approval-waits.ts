import type { Locale, TemplateContent } from '../model.ts';

export const approvalWaits: Readonly<Record<Locale, TemplateContent>> = {
  ru: {
    subject: '{{ product }}: ждёт второго подтверждения ({{ kind }})',
    text: `Здравствуйте{% if name %}, {{ name }}{% endif %}!

Другой администратор предложил: {{ kind }}

Предмет: {{ subject }}
Кем: {{ byId }}
Предложение: {{ proposalId }}, до {{ expiresAt }}

Посмотрите, что именно будет сделано, и подтвердите или отклоните. Без подтверждения ничего не изменится.
`,
    html: `<p>Здравствуйте{% if name %}, {{ name }}{% endif %}!</p>
<p>Другой администратор предложил: {{ kind }}</p>
<p>Предмет: {{ subject }}<br>Кем: {{ byId }}<br>Предложение: {{ proposalId }}, до {{ expiresAt }}</p>
<p>Посмотрите, что именно будет сделано, и подтвердите или отклоните. Без подтверждения ничего не изменится.</p>`,
    sms: '{{ product }}: предложение другого администратора ждёт вашего решения ({{ kind }}).',
  },
  en: {
    subject: '{{ product }}: a second approval is needed ({{ kind }})',
    text: `Hello{% if name %}, {{ name }}{% endif %}!

Another admin proposed: {{ kind }}

Subject: {{ subject }}
By: {{ byId }}
Proposal: {{ proposalId }}, until {{ expiresAt }}

Look at what exactly will be done, and approve or reject it. Without an approval nothing changes.
`,
    html: `<p>Hello{% if name %}, {{ name }}{% endif %}!</p>
<p>Another admin proposed: {{ kind }}</p>
<p>Subject: {{ subject }}<br>By: {{ byId }}<br>Proposal: {{ proposalId }}, until {{ expiresAt }}</p>
<p>Look at what exactly will be done, and approve or reject it. Without an approval nothing changes.</p>`,
    sms: '{{ product }}: a proposal of another admin waits for your decision ({{ kind }}).',
  },
};
