import { alarms } from './alarms.ts';
import { dashboards } from './dashboards.ts';
import type { ModuleDeclaration, Product } from './declaration.ts';
import { mail } from './mail.ts';
import { SHARED } from './modules.ts';
import type { Resources } from './names.ts';
import { queues } from './queues.ts';
import { roles } from './roles.ts';
import { secrets } from './secret.ts';
import { sharedAlarms } from './shared-alarms.ts';
import { buckets, tables } from './storage.ts';
import { throttledRoutes } from './throttled-routes.ts';

/** @throws Error when no module has that name. */
export const declarationOf = (product: Product, module: string): ModuleDeclaration => {
  const own = product.modules[module];
  if (own) return own;
  throw new Error(`there is no module ${module}; there are ${Object.keys(product.modules).join(', ')}`);
};

/** What a module owns, apart from what osls makes of its functions. References are by logical id, whoever owns the other end. */
export const partOf = (product: Product, module: string): Resources => {
  const own = declarationOf(product, module);
  return {
    ...tables(product, own),
    ...buckets(product, own),
    ...queues(product, own, module),
    ...mail(product, own),
    ...roles(product, own),
    ...alarms(product, own, module),
    ...(module === SHARED && {
      ...secrets(product),
      ...sharedAlarms(product),
      ...dashboards(product),
      ...throttledRoutes(product),
    }),
  };
};

/** All modules in one: what the local start and the tests read, and nobody deploys. */
export const unionOf = (product: Product): Resources =>
  Object.assign({}, ...Object.keys(product.modules).map((module) => partOf(product, module)));
