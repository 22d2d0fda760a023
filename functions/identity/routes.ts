import { httpHandler } from '../../lib/platform/http/on-http.ts';
import { deleteApiKeyRoute } from './delete-api-key.http.ts';
import { deleteOtherSessionsRoute, deleteOwnSessionRoute } from './end-own-sessions.http.ts';
import { getEmailConfirmationRoute } from './get-email-confirmation.http.ts';
import { getJwksRoute } from './get-jwks.http.ts';
import { getProfileRoute } from './get-profile.http.ts';
import { getUserRoute } from './get-user.http.ts';
import { listApiKeysRoute } from './list-api-keys.http.ts';
import { listOwnSessionsRoute } from './list-own-sessions.http.ts';
import { listUsersRoute } from './list-users.http.ts';
import { lockUserRoute } from './lock-user.http.ts';
import { patchProfileRoute } from './patch-profile.http.ts';
import { postApiKeyRoute } from './post-api-key.http.ts';
import { postChallengeRoute } from './post-challenge.http.ts';
import { postEmailConfirmationRoute } from './post-email-confirmation.http.ts';
import { postProofRoute } from './post-proof.http.ts';
import { postRefreshRoute } from './post-refresh.http.ts';
import { postResendConfirmationRoute } from './post-resend-confirmation.http.ts';
import { postSignInRoute } from './post-sign-in.http.ts';
import { postSignOutRoute } from './post-sign-out.http.ts';
import { postUserRoute } from './post-user.http.ts';
import { identityProposals } from './proposals.http.ts';
import { putEmailRoute } from './put-email.http.ts';
import { putUserRolesRoute } from './put-user-roles.http.ts';
import {
  getSignInSettingsRoute,
  listSignInSettingsHistoryRoute,
  patchSignInSettingsRoute,
} from './sign-in-settings.http.ts';
import { unlockUserRoute } from './unlock-user.http.ts';

export const endpoints = [
  postChallengeRoute,
  postSignInRoute,
  postRefreshRoute,
  postSignOutRoute,
  getJwksRoute,
  getSignInSettingsRoute,
  listSignInSettingsHistoryRoute,
  patchSignInSettingsRoute,
  getProfileRoute,
  patchProfileRoute,
  postProofRoute,
  listOwnSessionsRoute,
  deleteOtherSessionsRoute,
  deleteOwnSessionRoute,
  putEmailRoute,
  postResendConfirmationRoute,
  getEmailConfirmationRoute,
  postEmailConfirmationRoute,
  postUserRoute,
  listUsersRoute,
  getUserRoute,
  putUserRolesRoute,
  lockUserRoute,
  unlockUserRoute,
  postApiKeyRoute,
  listApiKeysRoute,
  deleteApiKeyRoute,
  ...identityProposals,
];

export const handler = httpHandler(endpoints);
