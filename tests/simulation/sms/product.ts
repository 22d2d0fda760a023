/** What the simulation takes of the modules for codes and messages to check them by; the rest it only calls. */
export type { Sms, SmsState } from '../../../lib/sms/model.ts';
