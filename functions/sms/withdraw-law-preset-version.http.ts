import * as z from 'zod';
import { proposalView } from '../../lib/platform/approvals/proposal-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { withdrawPresetByTwo } from '../../lib/sms/by-two-admins.ts';
import { presetView } from '../../lib/sms/registry/registry-view.ts';
import { noteSchema, presetCodeSchema } from '../../lib/sms/registry/schemas.ts';

export const withdrawLawPresetVersionRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/law-presets/{code}/versions/{version}/withdraw',
    summary: 'Withdraw a version of a law preset',
    description:
      'Only before it is in force. Where the version that stays in force is looser, an admin and a reason are needed. The version stays readable; its number is not used again.',
    tag: 'law-presets',
    access: ['manager', 'admin'],
    params: () => z.strictObject({ code: presetCodeSchema, version: z.string().regex(/^[1-9]\d{0,5}$/) }),
    body: () => z.strictObject({ reason: noteSchema.optional() }),
    location: { 202: '/v1/proposals/{area}/{proposalId}' },
    answers: { 200: presetView, 202: proposalView },
    problems: {
      'law-preset-not-found': 'missing',
      'law-preset-in-force': 'conflict',
      'looser-needs-admin': 'forbidden',
      'reason-required': 'unprocessable',
      busy: 'unavailable',
    },
    example: { body: {} },
  },
  async ({ rt, caller, origin, params: { code, version }, body }) => {
    const outcome = await withdrawPresetByTwo(rt, {
      code,
      version: Number(version),
      ...body,
      caller,
      origin,
    });
    if (outcome.kind === 'proposed')
      return { status: 202, body: outcome.proposal, etag: outcome.proposal.version };
    return { status: 200, body: outcome.value };
  },
);
