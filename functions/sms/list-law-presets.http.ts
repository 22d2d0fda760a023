import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { listPresetsInForce } from '../../lib/sms/registry/read-rule-config.ts';
import { presetView } from '../../lib/sms/registry/registry-view.ts';

export const listLawPresetsRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/law-presets',
    summary: 'List law presets',
    description: 'Each in the version in force, with its sources and open questions. Not legal advice.',
    tag: 'law-presets',
    access: ['manager', 'sms:read'],
    answers: { 200: () => z.object({ items: z.array(presetView()) }) },
  },
  async ({ rt }) => ({ status: 200, body: { items: await listPresetsInForce(rt) } }),
);
