import * as z from 'zod';
import { proposalView } from '../../lib/platform/approvals/proposal-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { editHolidaysByTwo } from '../../lib/sms/by-two-admins.ts';
import { holidaysView, toHolidaysView } from '../../lib/sms/registry/registry-view.ts';
import { countrySchema, holidaysBody, noteSchema, yearSchema } from '../../lib/sms/registry/schemas.ts';

export const putHolidaysRoute = onHttp(
  {
    method: 'PUT',
    path: '/v1/holidays/{country}/{year}',
    summary: 'Replace the holiday table of a country and year',
    description:
      'A year without a table is evaluated as if every day could be a holiday. An existing table needs If-Match. A table by which a law would allow an hour that it does not allow now needs an admin and a reason, and takes effect the next day (`next`, or `from` for the first table of a year); any other takes effect at once.',
    tag: 'law-presets',
    access: ['manager', 'admin'],
    params: () => z.strictObject({ country: countrySchema, year: yearSchema }),
    body: () => holidaysBody().extend({ reason: noteSchema.optional() }),
    ifMatch: 'optional',
    location: { 202: '/v1/proposals/{area}/{proposalId}' },
    answers: { 200: holidaysView, 202: proposalView },
    problems: {
      stale: 'stale',
      'if-match-required': 'preconditionRequired',
      'date-outside-year': 'unprocessable',
      'looser-needs-admin': 'forbidden',
      'reason-required': 'unprocessable',
      'too-many-versions': 'unprocessable',
      busy: 'unavailable',
    },
    example: { body: { holidays: { '2027-01-01': "New Year's Day" }, workdays: [], source: 'Decree' } },
  },
  async ({ rt, caller, origin, params, body, ifMatch }) => {
    const { country, year } = params;
    const { reason, ...draft } = body;
    const outcome = await editHolidaysByTwo(rt, {
      country,
      year: Number(year),
      draft,
      reason,
      ifMatch,
      caller,
      origin,
    });
    if (outcome.kind === 'proposed')
      return { status: 202, body: outcome.proposal, etag: outcome.proposal.version };
    return { status: 200, body: toHolidaysView(outcome.value), etag: outcome.value.version };
  },
);
