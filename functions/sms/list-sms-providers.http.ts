import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../lib/platform/http/pagination.ts';
import { providerView } from '../../lib/sms/providers/provider-view.ts';
import { readProviders } from '../../lib/sms/providers/read-providers.ts';

export const listSmsProvidersRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/sms-providers',
    summary: 'List SMS providers',
    description: 'With their health and balance.',
    tag: 'sms-providers',
    access: ['manager', 'admin'],
    query: pageQuery,
    answers: { 200: () => pageOf(providerView()) },
  },
  async ({ rt, query }) => ({ status: 200, body: await readProviders(rt, query) }),
);
