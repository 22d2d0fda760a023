import { httpHandler } from '../../lib/platform/http/on-http.ts';
import { deleteApiKey } from './delete-api-key.http.ts';
import { getEmailConfirmation } from './get-email-confirmation.http.ts';
import { getJwks } from './get-jwks.http.ts';
import { getProfile } from './get-profile.http.ts';
import { getUser } from './get-user.http.ts';
import { listApiKeys } from './list-api-keys.http.ts';
import { listUsers } from './list-users.http.ts';
import { lockUser } from './lock-user.http.ts';
import { patchProfile } from './patch-profile.http.ts';
import { postApiKey } from './post-api-key.http.ts';
import { postChallenge } from './post-challenge.http.ts';
import { postEmailConfirmation } from './post-email-confirmation.http.ts';
import { postRefresh } from './post-refresh.http.ts';
import { postSignIn } from './post-sign-in.http.ts';
import { postSignOut } from './post-sign-out.http.ts';
import { postUser } from './post-user.http.ts';
import { putEmail } from './put-email.http.ts';
import { putUserRoles } from './put-user-roles.http.ts';
import { postResendConfirmation } from './resend-confirmation.http.ts';
import {
  getSignInSettings,
  listSignInSettingsHistory,
  patchSignInSettings,
} from './sign-in-settings.http.ts';
import { unlockUser } from './unlock-user.http.ts';

export const endpoints = [
  postChallenge,
  postSignIn,
  postRefresh,
  postSignOut,
  getJwks,
  getSignInSettings,
  listSignInSettingsHistory,
  patchSignInSettings,
  getProfile,
  patchProfile,
  putEmail,
  postResendConfirmation,
  getEmailConfirmation,
  postEmailConfirmation,
  postUser,
  listUsers,
  getUser,
  putUserRoles,
  lockUser,
  unlockUser,
  postApiKey,
  listApiKeys,
  deleteApiKey,
];

export const handler = httpHandler(endpoints);
