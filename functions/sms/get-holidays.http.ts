import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { getHolidays } from '../../lib/sms/registry/read-rule-config.ts';
import { holidaysView } from '../../lib/sms/registry/registry-view.ts';
import { countrySchema, yearSchema } from '../../lib/sms/registry/schemas.ts';

export const getHolidaysRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/holidays/{country}/{year}',
    summary: 'Get the holiday table of a country and year',
    description: 'Holidays, and weekend days that are worked.',
    tag: 'law-presets',
    access: ['manager', 'admin', 'sms:read'],
    params: () => z.strictObject({ country: countrySchema, year: yearSchema }),
    answers: { 200: holidaysView },
    problems: { 'holidays-not-found': 'missing' },
  },
  async ({ rt, params }) => {
    const table = await getHolidays(rt, params.country, Number(params.year));
    return { status: 200, body: table, etag: table.version };
  },
);
