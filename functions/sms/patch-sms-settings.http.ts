import * as z from 'zod';
import { proposalView } from '../../lib/platform/approvals/proposal-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { editSettingsByTwo } from '../../lib/sms/by-two-admins.ts';
import { settingsView, toSettingsView } from '../../lib/sms/registry/registry-view.ts';
import { hoursSchema, noteSchema } from '../../lib/sms/registry/schemas.ts';

export const patchSmsSettingsRoute = onHttp(
  {
    method: 'PATCH',
    path: '/v1/sms-settings',
    summary: 'Update SMS settings',
    description:
      'Legal entities may only be stricter: one with a wider window of its own is held to this one. A window that is not within the current one needs an admin and a reason, and takes effect the next day (`next`); a narrower one takes effect at once.',
    tag: 'law-presets',
    access: ['manager', 'admin'],
    body: () => z.strictObject({ window: hoursSchema(), reason: noteSchema.optional() }),
    ifMatch: 'required',
    location: { 202: '/v1/proposals/{area}/{proposalId}' },
    answers: { 200: settingsView, 202: proposalView },
    problems: {
      stale: 'stale',
      'looser-needs-admin': 'forbidden',
      'reason-required': 'unprocessable',
      busy: 'unavailable',
    },
    example: { body: { window: { from: '09:00', to: '21:00' } } },
  },
  async ({ rt, caller, origin, body, ifMatch }) => {
    const outcome = await editSettingsByTwo(rt, { ...body, ifMatch, caller, origin });
    if (outcome.kind === 'proposed')
      return { status: 202, body: outcome.proposal, etag: outcome.proposal.version };
    return { status: 200, body: toSettingsView(outcome.value), etag: outcome.value.version };
  },
);
