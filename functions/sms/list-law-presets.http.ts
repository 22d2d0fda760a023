import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { presetView, toPresetView } from '../../lib/sms/registry/registry-view.ts';
import { openBook } from '../../lib/sms/repository/book.ts';
import { presetsInForce } from '../../lib/sms/rules/binding-rules.ts';

export const listLawPresets = onHttp(
  {
    method: 'GET',
    path: '/v1/law-presets',
    summary: 'Law presets, each in the version in force',
    description: 'Sources and what they leave open stand with each. No legal advice.',
    tag: 'law-presets',
    access: ['manager', 'sms:read'],
    answers: { 200: z.object({ items: z.array(presetView) }) },
  },
  async ({ rt }) => {
    const { book } = await openBook(rt);
    const items = presetsInForce(book.presets, rt.clock.nowMs()).map(toPresetView);
    return { status: 200, body: { items } };
  },
);
