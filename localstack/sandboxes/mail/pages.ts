import { type Html, html } from '../../../lib/platform/openapi/html.ts';
import type { Letter } from './letters.ts';

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

const row = ({ id, at, envelope, subject }: Letter): Html =>
  html`<tr><td>${at.slice(11, 19)}</td><td>${envelope.to.join(', ')}</td>
<td><a href="/letter/${id}">${subject || '(no subject)'}</a></td></tr>`;

/** Every letter that "went out", newest first; the page renews itself. */
export const inboxPage = (letters: readonly Letter[]): string =>
  page(
    `Letters (${letters.length})`,
    html`<h1>Letters</h1>
<p>Everything that went out over SMTP. <a href="/letters.json">JSON</a></p>
<table><tr><th>UTC</th><th>To</th><th>Subject</th></tr>${letters.map(row)}</table>
${letters.length === 0 && html`<p>None yet.</p>`}`,
    5,
  );

/** One letter: what stands in it runs in a frame without rights, and its links open beside it. */
export const letterPage = (letter: Letter): string =>
  page(
    letter.subject,
    html`<p><a href="/">All letters</a></p>
<h1>${letter.subject}</h1>
<p>${letter.from} → ${letter.envelope.to.join(', ')}, ${letter.at}
(<a href="/letter/${letter.id}.json">JSON</a>)</p>
<iframe sandbox="allow-popups allow-popups-to-escape-sandbox"
 srcdoc="${`<base target="_blank">${letter.html}`}"></iframe>
<h2>Plain text</h2>
<pre>${letter.text}</pre>`,
  );
