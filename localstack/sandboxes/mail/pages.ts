import { type Html, html } from '../../../lib/platform/openapi/html.ts';
import type { Email } from './emails.ts';

const page = (title: string, body: Html, refreshSec?: number): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
${refreshSec !== undefined && html`<meta http-equiv="refresh" content="${refreshSec}">`}
<title>${title}</title>
<style>
body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c1c1a}
table{border-collapse:collapse;width:100%}
td,th{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #ddd}
iframe{width:100%;height:26rem;border:1px solid #ccc}
pre{white-space:pre-wrap;background:#f4f4f1;padding:1rem}
</style>
</head>
<body>
${body}
</body>
</html>
`.markup;

const row = ({ id, at, envelope, subject }: Email): Html =>
  html`<tr><td>${at.slice(11, 19)}</td><td>${envelope.to.join(', ')}</td>
<td><a href="/email/${id}">${subject || '(no subject)'}</a></td></tr>`;

/** Every e-mail that "went out", newest first; the page renews itself. */
export const inboxPage = (emails: readonly Email[]): string =>
  page(
    `E-mails (${emails.length})`,
    html`<h1>E-mails</h1>
<p>Everything that went out over SMTP. <a href="/e-mails.json">JSON</a></p>
<table><tr><th>UTC</th><th>To</th><th>Subject</th></tr>${emails.map(row)}</table>
${emails.length === 0 && html`<p>None yet.</p>`}`,
    5,
  );

/** One e-mail: what stands in it runs in a frame without rights, and its links open beside it. */
export const emailPage = (email: Email): string =>
  page(
    email.subject,
    html`<p><a href="/">All e-mails</a></p>
<h1>${email.subject}</h1>
<p>${email.from} → ${email.envelope.to.join(', ')}, ${email.at}
(<a href="/email/${email.id}.json">JSON</a>)</p>
<iframe sandbox="allow-popups allow-popups-to-escape-sandbox"
 srcdoc="${`<base target="_blank">${email.html}`}"></iframe>
<h2>Plain text</h2>
<pre>${email.text}</pre>`,
  );
