// `npm run generate`: writes what follows from declarations in code and is committed beside it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { moduleDefinitions } from '../infra/module-definitions.ts';
import { eventCatalogue, routesText } from './event-catalogue.ts';
import { eventPage } from './event-page.ts';
import { scopesText } from './scopes-text.ts';

const root = join(import.meta.dirname, '..');

const catalogue = await eventCatalogue(root);
writeFileSync(join(root, 'lib/platform/events/routes.json'), routesText(catalogue));
writeFileSync(join(root, 'docs/events.md'), eventPage(catalogue));
writeFileSync(join(root, 'lib/platform/auth/scopes.json'), scopesText(await moduleDefinitions()));
