import * as z from 'zod';
import { readBoard } from '../../lib/desk/insight/board.ts';
import { boardView } from '../../lib/desk/insight/board-view.ts';
import { deskIdSchema, MAIN_DESK } from '../../lib/desk/model.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const getBoardRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/board',
    summary: "Get a desk's board",
    description: 'Counts are exact up to 10 000.',
    tag: 'board',
    access: ['manager'],
    query: () => z.strictObject({ deskId: deskIdSchema.default(MAIN_DESK) }),
    answers: { 200: boardView },
    problems: { 'desk-not-found': 'missing' },
  },
  async ({ rt, query }) => ({ status: 200, body: await readBoard(rt, query.deskId) }),
);
