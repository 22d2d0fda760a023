import type { Locale, TemplateContent } from '../model.ts';

export const ticketsOverdue: Readonly<Record<Locale, TemplateContent>> = {
  ru: {
    subject: 'Просрочено обращений: {{ count }} ({{ deskId }})',
    text: `На столе {{ deskId }} {{ count }} {{ count | plural: 'обращение ждёт', 'обращения ждут', 'обращений ждут' }} дольше положенного:

{% for ticket in tickets %}- {{ ticket }}
{% endfor %}
Очередь и исполнители видны на доске.
`,
    html: `<p>На столе {{ deskId }} {{ count }} {{ count | plural: 'обращение ждёт', 'обращения ждут', 'обращений ждут' }} дольше положенного:</p>
<ul>{% for ticket in tickets %}<li>{{ ticket }}</li>{% endfor %}</ul>
<p>Очередь и исполнители видны на доске.</p>`,
  },
  en: {
    subject: 'Tickets overdue: {{ count }} ({{ deskId }})',
    text: `On the desk {{ deskId }} {{ count }} {{ count | plural: 'ticket has', 'tickets have' }} waited longer than allowed:

{% for ticket in tickets %}- {{ ticket }}
{% endfor %}
The board shows the line and the executors.
`,
    html: `<p>On the desk {{ deskId }} {{ count }} {{ count | plural: 'ticket has', 'tickets have' }} waited longer than allowed:</p>
<ul>{% for ticket in tickets %}<li>{{ ticket }}</li>{% endfor %}</ul>
<p>The board shows the line and the executors.</p>`,
  },
};
