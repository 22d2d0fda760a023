import { createHash } from 'node:crypto';
import { DOCS_STYLE } from './docs-style.ts';
import type { Content, OpenApiDocument, Response } from './document.ts';
import { type WholeOperation, wholeOperations } from './expand.ts';
import { type Html, html } from './html.ts';
import { schemaLine, schemaTree } from './schema-html.ts';

const parametersHtml = ({ parameters = [] }: WholeOperation): Html | undefined => {
  if (parameters.length === 0) return undefined;
  const rows = parameters.map(
    ({ name, in: place, required, schema, description }) =>
      html`<tr><td><code>${name}</code>${required ? '' : html`<i title="optional">?</i>`}</td><td>${place}</td><td>${schemaLine(
        { ...schema, ...(description !== undefined && { description }) },
      )}</td></tr>`,
  );
  return html`<h4>Parameters</h4><table>${rows}</table>`;
};

const contentHtml = (content: Content): Html[] =>
  Object.entries(content).map(([type, { schema, example }]) => {
    const line = type === 'application/json' ? '' : html`<p><code>${type}</code></p>`;
    const sample = example === undefined ? '' : html`<pre>${JSON.stringify(example, null, 2)}</pre>`;
    return html`${line}${schemaTree(schema)}${sample}`;
  });

const answerHtml = (status: string, { description, content = {} }: Response): Html => {
  const problem = 'application/problem+json' in content;
  const codes = description
    .split('`')
    .map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
  return html`<dt class="${problem ? 'bad' : 'good'}">${status}</dt><dd>${codes}${problem ? '' : contentHtml(content)}</dd>`;
};

const operationHtml = (operation: WholeOperation): Html => {
  const { method, path, operationId, summary, description, requestBody, responses } = operation;
  const access = operation['x-access'].map((role) => html`<span class="role">${role}</span>`);
  return html`<details id="${operationId}"><summary><b class="method ${method.toLowerCase()}">${method}</b> <code>${path}</code> <span>${summary}</span></summary>
<p class="access">For ${access}</p>${description && html`<p>${description}</p>`}
${parametersHtml(operation)}
${requestBody && html`<h4>Body</h4>${contentHtml(requestBody.content)}`}
<h4>Answers</h4><dl>${Object.entries(responses).map(([status, response]) => answerHtml(status, response))}</dl>
</details>`;
};

const tagHtml = (tag: string, operations: readonly WholeOperation[]): Html =>
  html`<section id="tag-${tag}"><h2>${tag}</h2>${operations.map(operationHtml)}</section>`;

/** The API on one page: no script, nothing fetched from anywhere. */
export const docsPage = (document: OpenApiDocument): string => {
  const operations = wholeOperations(document);
  const { title, version, description } = document.info;
  const tags = document.tags.map(({ name }) => name);
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} API</title><style>${{ markup: DOCS_STYLE }}</style></head>
<body><header><h1>${title} API <small>${version}</small></h1><p>${description}</p>
<p>As a machine reads it: <a href="/v1/openapi.json">openapi.json</a> (OpenAPI 3.1). Send <code>Authorization: Bearer …</code>. Every error is
<code>application/problem+json</code> with a stable <code>code</code>; a field marked <i>?</i> may be left out.</p>
<nav>${tags.map((tag) => html`<a href="#tag-${tag}">${tag}</a>`)}</nav></header>
<main>${tags.map((tag) =>
    tagHtml(
      tag,
      operations.filter(({ tags }) => tags.includes(tag)),
    ),
  )}</main></body></html>
`;
  return page.markup;
};

const styleHash = createHash('sha256').update(DOCS_STYLE).digest('base64');

/** The page may show itself in its own style and do nothing else. */
export const DOCS_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'cache-control': 'public, max-age=300',
};
