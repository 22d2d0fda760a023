/** What the key that seals providers' secrets is derived for. */
export const SECRETS_PURPOSE = 'sms-provider';
