import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { editHolidays } from '../../lib/sms/registry/edit-book.ts';
import { holidaysView, toHolidaysView } from '../../lib/sms/registry/registry-view.ts';
import { countrySchema, holidaysBody, yearSchema } from '../../lib/sms/registry/schemas.ts';

export const putHolidays = onHttp(
  {
    method: 'PUT',
    path: '/v1/holidays/{country}/{year}',
    summary: 'Replace the holidays of a country and year',
    description:
      'Transfers are decreed yearly. A year without a table is judged as if every day could be a holiday. An existing table needs If-Match.',
    tag: 'law-presets',
    access: ['manager'],
    params: z.strictObject({ country: countrySchema, year: yearSchema }),
    body: holidaysBody,
    ifMatch: 'optional',
    answers: { 200: holidaysView },
    problems: {
      stale: 'stale',
      'if-match-required': 'preconditionRequired',
      'date-outside-year': 'unprocessable',
      'too-many-versions': 'unprocessable',
      busy: 'unavailable',
    },
    example: { body: { holidays: { '2027-01-01': "New Year's Day" }, workdays: [], source: 'Decree' } },
  },
  async ({ rt, caller, origin, params, body, ifMatch }) => {
    const { country, year } = params;
    const edited = await editHolidays(rt, {
      country,
      year: Number(year),
      draft: body,
      ifMatch,
      caller,
      origin,
    });
    return { status: 200, body: toHolidaysView(edited), etag: edited.version };
  },
);
