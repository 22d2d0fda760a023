// `npm run generate`: writes what follows from declarations in code and is committed beside it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { moduleDefinitions } from '../infra/module-definitions.ts';
import { type ApiDocument, apiTypes } from './console/api-types.ts';
import { eventCatalogue, routesText } from './event-catalogue.ts';
import { eventPage } from './event-page.ts';
import { scopesText } from './scopes-text.ts';

const root = join(import.meta.dirname, '..');

const catalogue = await eventCatalogue(root);
writeFileSync(join(root, 'lib/platform/events/routes.json'), routesText(catalogue));
writeFileSync(join(root, 'docs/events.md'), eventPage(catalogue));
writeFileSync(join(root, 'lib/platform/auth/scopes.json'), scopesText(await moduleDefinitions()));

// The document itself is written by `npm run openapi`, which comes first when both are stale.
const document = JSON.parse(readFileSync(join(root, 'docs/openapi.json'), 'utf8')) as ApiDocument;
writeFileSync(join(root, 'console/src/api/schema.ts'), apiTypes(document));
