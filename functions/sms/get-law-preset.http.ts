import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { getPresetVersions } from '../../lib/sms/registry/read-rule-config.ts';
import { presetView } from '../../lib/sms/registry/registry-view.ts';
import { presetCodeSchema } from '../../lib/sms/registry/schemas.ts';

export const getLawPresetRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/law-presets/{code}',
    summary: 'List versions of a law preset',
    description: 'Oldest first.',
    tag: 'law-presets',
    access: ['manager', 'sms:read'],
    params: () => z.strictObject({ code: presetCodeSchema }),
    answers: { 200: () => z.object({ items: z.array(presetView()) }) },
    problems: { 'law-preset-not-found': 'missing' },
  },
  async ({ rt, params }) => ({ status: 200, body: { items: await getPresetVersions(rt, params.code) } }),
);
