// @pure

/**
 * Sender names by provider: numbers of up to 15 digits, or a name of 11 characters at most in the letters that each provider documents.
 * Sources: Twilio, AlphaSender resource (letters, digits, space, `+ - _ &`, not digits alone); SMSC.ru, FAQ 88 (letters, digits,
 * dot, dash, underscore). sms.ru's own page was not read: the letters that all networks show.
 */
const NAMES: Readonly<Record<string, RegExp>> = {
  twilio: /^(?=.*[A-Za-z])[A-Za-z0-9 +_&-]{1,11}$/,
  smsc: /^[A-Za-z0-9._-]{1,11}$/,
  smsru: /^[A-Za-z0-9 ._-]{1,11}$/,
};
const NUMBER = /^\+?\d{3,15}$/;

/** What any provider of ours takes: which of it this one does, `isSenderFor` says. */
export const ANY_SENDER = /^(\+?\d{3,15}|[A-Za-z0-9 .+_&-]{1,11})$/;

/** Whether a provider of this kind takes the sender: a name begins and ends with a visible character. */
export const isSenderFor = (kind: string, sender: string): boolean =>
  NUMBER.test(sender) || (sender.trim() === sender && (NAMES[kind] ?? ANY_SENDER).test(sender));
