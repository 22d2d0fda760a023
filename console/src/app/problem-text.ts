import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { ApiProblem } from '../api/problem.ts';

/** The API's codes that somebody at a screen can do something about. */
const TEXTS: Readonly<Record<string, MessageDescriptor>> = {
  'no-answer': msg`The desk does not answer. Check the connection and try again.`,
  'phone-invalid': msg`This is no phone number.`,
  'phone-not-mobile': msg`Codes go to mobile phones only.`,
  'phone-country': msg`Phones of this country cannot sign in here.`,
  'too-many-codes': msg`Too many codes were requested. Try again later.`,
  'resend-too-early': msg`A code is on its way. Wait a little before you request another.`,
  'code-wrong': msg`This is not the code.`,
  'code-expired': msg`This code is too old. Request another.`,
  'account-locked': msg`This account is locked.`,
  'rate-limited': msg`Too many requests. Try again in a moment.`,
  'executor-full': msg`They have no room left.`,
  'executor-not-online': msg`They are not online any more.`,
  'ticket-moved': msg`The ticket is not yours any more.`,
  'ticket-closed': msg`The ticket is closed.`,
  'ticket-state': msg`The ticket has changed meanwhile.`,
  'changed-meanwhile': msg`It has changed meanwhile. Look again and repeat.`,
  stale: msg`It has changed meanwhile. Look again and repeat.`,
  'file-kind': msg`this kind of file is not accepted`,
  'file-too-large': msg`larger than 10 MB, or empty`,
  'upload-refused': msg`could not be uploaded`,
  'attachment-invalid': msg`A file could not be used.`,
  'too-many-emails': msg`Too many e-mails were requested. Try again later.`,
  'email-confirmed': msg`This address is confirmed already.`,
};

/** What a refusal means, in the reader's language; the API's own words where there is nothing better. */
export const problemText = (problem: unknown, i18n: I18n): string => {
  if (!(problem instanceof ApiProblem)) return i18n._(msg`Something went wrong.`);
  const known = TEXTS[problem.code];
  if (known) return i18n._(known);
  return problem.status >= 500 ? i18n._(msg`The desk could not do it. Try again.`) : problem.message;
};
