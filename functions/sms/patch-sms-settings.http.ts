import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { editSettings } from '../../lib/sms/registry/edit-book.ts';
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
    body: z.strictObject({ window: hoursSchema, reason: noteSchema.optional() }),
    ifMatch: 'required',
    answers: { 200: settingsView },
    problems: {
      stale: 'stale',
      'looser-needs-admin': 'forbidden',
      'reason-required': 'unprocessable',
      busy: 'unavailable',
    },
    example: { body: { window: { from: '09:00', to: '21:00' } } },
  },
  async ({ rt, caller, origin, body, ifMatch }) => {
    const settings = await editSettings(rt, { ...body, ifMatch, caller, origin });
    return { status: 200, body: toSettingsView(settings), etag: settings.version };
  },
);
