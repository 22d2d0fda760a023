// Writes docs/openapi.json from what the endpoints declare: `npm run openapi`.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { apiDocument, documentText } from './all-endpoints.ts';

const root = resolve(import.meta.dirname, '..');
const file = resolve(root, 'docs', 'openapi.json');

mkdirSync(resolve(root, 'docs'), { recursive: true });
// The endpoint that serves the document imports it: the first time, there must be something to import.
if (!existsSync(file)) writeFileSync(file, '{}\n');

writeFileSync(file, documentText(await apiDocument(root)));
