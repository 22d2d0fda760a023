import { search } from '../../lib/desk/search/search.ts';
import { foundView } from '../../lib/desk/search/search-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../lib/platform/http/pagination.ts';
import { textUpTo } from '../../lib/platform/input/pasted-text.ts';

export const getSearchRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/search',
    summary: 'Search tickets and clients',
    description:
      'By id, ticket number (with or without `#` and spaces), phone, e-mail address, or the beginning of a word of a client’s name (two characters or more; case, accents and ё do not matter). Managers find tickets and clients; executors the tickets they hold or held by id and number, those they hold also by phone and name. A page may hold fewer than `limit` and still have a next page.',
    tag: 'tickets',
    access: ['executor', 'manager'],
    query: () => pageQuery().extend({ q: textUpTo(100) }),
    answers: { 200: () => pageOf(foundView()) },
  },
  async ({ rt, caller, query }) => ({ status: 200, body: await search(rt, caller, query) }),
);
