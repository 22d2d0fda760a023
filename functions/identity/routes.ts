import { httpHandler } from '../../lib/platform/http/on-http.ts';
import { getJwks } from './get-jwks.http.ts';
import { postChallenge } from './post-challenge.http.ts';
import { postRefresh } from './post-refresh.http.ts';
import { postSignIn } from './post-sign-in.http.ts';
import { postSignOut } from './post-sign-out.http.ts';

export const endpoints = [postChallenge, postSignIn, postRefresh, postSignOut, getJwks];

export const handler = httpHandler(endpoints);
