import * as z from 'zod';
import { proposalView } from '../../lib/platform/approvals/proposal-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { publishPresetByTwo } from '../../lib/sms/by-two-admins.ts';
import { presetView } from '../../lib/sms/registry/registry-view.ts';
import { presetBody, presetCodeSchema } from '../../lib/sms/registry/schemas.ts';

export const postLawPresetVersionRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/law-presets/{code}/versions',
    summary: 'Publish a version of a law preset',
    description:
      "The next version, or the first of a new preset. In force from its date in the capital's time zone, the next day at the earliest. Country and categories never change. A version looser than the one before needs an admin and a reason. Earlier versions stay readable and are never edited.",
    tag: 'law-presets',
    access: ['manager', 'admin'],
    params: () => z.strictObject({ code: presetCodeSchema }),
    body: presetBody,
    idempotent: true,
    location: { 201: '/v1/law-presets/{code}', 202: '/v1/proposals/{area}/{proposalId}' },
    answers: { 201: presetView, 202: proposalView },
    problems: {
      'law-preset-country': 'unprocessable',
      'law-preset-fixed': 'unprocessable',
      'effective-too-early': 'unprocessable',
      'looser-needs-admin': 'forbidden',
      'reason-required': 'unprocessable',
      'too-many-versions': 'unprocessable',
      busy: 'unavailable',
    },
    example: {
      body: {
        title: 'Debt collection, stricter',
        country: 'RU',
        categories: ['debt'],
        hours: {
          workday: { from: '08:00', to: '22:00' },
          saturday: { from: '09:00', to: '20:00' },
          sunday: { from: '09:00', to: '20:00' },
          holiday: { from: '09:00', to: '20:00' },
        },
        caps: { perDay: 1, perWeek: 2, perMonth: 8 },
        effectiveFrom: '2027-01-01',
        lawRef: '230-FZ, art. 7',
        source: 'consultant.ru',
        checkedOn: '2026-12-01',
      },
    },
  },
  async ({ rt, caller, origin, params, body: { reason, ...draft }, idempotency }) => {
    const outcome = await publishPresetByTwo(rt, { ...params, draft, reason, caller, origin, idempotency });
    if (outcome.kind === 'proposed')
      return { status: 202, body: outcome.proposal, etag: outcome.proposal.version };
    return { status: 201, body: outcome.value };
  },
);
