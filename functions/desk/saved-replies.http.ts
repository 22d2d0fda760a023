import * as z from 'zod';
import { deskIdSchema } from '../../lib/desk/model.ts';
import { createReply, deleteReply, replaceReply } from '../../lib/desk/saved-replies/edit-saved-replies.ts';
import { listSavedReplies } from '../../lib/desk/saved-replies/list-saved-replies.ts';
import { getShownReply } from '../../lib/desk/saved-replies/reply-owner.ts';
import {
  replyScopes,
  savedReplyContent,
  savedReplyParams,
  savedReplyView,
  toSavedReplyView,
} from '../../lib/desk/saved-replies/saved-reply-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../lib/platform/http/pagination.ts';

const tag = 'saved-replies';
const example = { body: { title: 'On our way', text: 'Hello {client.name}, we are on our way.' } };
const ofDesk = () =>
  deskIdSchema.optional().meta({ description: 'Managers only, with `scope=desk`. Default main.' });

export const listSavedRepliesRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/saved-replies',
    summary: 'List saved replies',
    description: 'Your own, or with `scope=desk` those of your desk; managers name the desk.',
    tag,
    access: ['executor', 'manager'],
    query: () => pageQuery().extend({ scope: z.enum(replyScopes).default('own'), deskId: ofDesk() }),
    answers: { 200: () => pageOf(savedReplyView()) },
    problems: { 'desk-not-found': 'missing', 'executor-not-found': 'missing' },
  },
  async ({ rt, caller, query }) => ({ status: 200, body: await listSavedReplies(rt, caller, query) }),
);

export const getSavedReplyRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/saved-replies/{savedReplyId}',
    summary: 'Get a saved reply',
    description: 'One of your own or of your desk; managers those of any desk.',
    tag,
    access: ['executor', 'manager'],
    params: savedReplyParams,
    answers: { 200: savedReplyView },
    problems: { 'saved-reply-not-found': 'missing' },
  },
  async ({ rt, caller, params }) => {
    const reply = toSavedReplyView(await getShownReply(rt, caller, params.savedReplyId));
    return { status: 200, body: reply, etag: reply.version };
  },
);

export const postSavedReplyRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/saved-replies',
    summary: 'Save a reply',
    description: 'At most 200 of your own and 200 of a desk. Those of a desk are for managers to write.',
    tag,
    access: ['executor', 'manager'],
    body: () => savedReplyContent().extend({ scope: z.enum(replyScopes).default('own'), deskId: ofDesk() }),
    idempotent: true,
    location: '/v1/saved-replies/{savedReplyId}',
    answers: { 201: savedReplyView },
    problems: {
      'desk-not-found': 'missing',
      'executor-not-found': 'missing',
      'too-many-saved-replies': 'unprocessable',
    },
    example,
  },
  async ({ rt, caller, origin, body, idempotency }) => {
    const { scope, deskId, ...content } = body;
    const reply = await createReply(rt, { caller, origin, place: { scope, deskId }, content, idempotency });
    return { status: 201, body: reply, etag: reply.version };
  },
);

export const putSavedReplyRoute = onHttp(
  {
    method: 'PUT',
    path: '/v1/saved-replies/{savedReplyId}',
    summary: 'Replace a saved reply',
    tag,
    access: ['executor', 'manager'],
    params: savedReplyParams,
    body: savedReplyContent,
    ifMatch: 'required',
    answers: { 200: savedReplyView },
    problems: { 'saved-reply-not-found': 'missing', stale: 'stale' },
    example,
  },
  async ({ rt, caller, origin, params, body, ifMatch }) => {
    const reply = await replaceReply(rt, { ...params, caller, origin, content: body, ifMatch });
    return { status: 200, body: reply, etag: reply.version };
  },
);

export const deleteSavedReplyRoute = onHttp(
  {
    method: 'DELETE',
    path: '/v1/saved-replies/{savedReplyId}',
    summary: 'Delete a saved reply',
    tag,
    access: ['executor', 'manager'],
    params: savedReplyParams,
    ifMatch: 'required',
    answers: { 204: null },
    problems: { 'saved-reply-not-found': 'missing', stale: 'stale' },
  },
  async ({ rt, caller, origin, params, ifMatch }) => {
    await deleteReply(rt, { ...params, caller, origin, ifMatch });
    return { status: 204 };
  },
);
