import type { SmsCentre } from '../../../../localstack/sandboxes/sms/centre.ts';
import type { Api } from '../../../../localstack/sandboxes/sms/index.ts';
import type { Asked, Reply } from '../../../../localstack/sandboxes/sms/reply.ts';
import { smscApi, smscBusy } from '../../../../localstack/sandboxes/sms/smsc-api.ts';
import { smsruApi, smsruBusy } from '../../../../localstack/sandboxes/sms/smsru-api.ts';
import { twilioApi, twilioBusy } from '../../../../localstack/sandboxes/sms/twilio-api.ts';

/** How a message may end at a company, in one word for all of them. */
export type End = 'delivered' | 'read' | 'failed' | 'expired' | 'rejected' | 'cancelled';

/** What one company calls things. Its requests and answers are those of the sandbox, which speaks the real dialects. */
export interface Dialect {
  readonly answer: (centre: SmsCentre, asked: Asked) => Reply | undefined;
  readonly busy: Reply;
  readonly sendPath: RegExp;
  readonly phoneField: string;
  readonly textField: string;
  /** Codes of a definite no, of a stop-list (none: it has none), and of "not now". */
  readonly refusals: readonly string[];
  readonly stopped: string | undefined;
  readonly throttled: string;
  readonly onTheWay: string;
  /** Taken back before it went out; undefined: that cannot be. */
  readonly takenBack: string | undefined;
  readonly ends: Readonly<Partial<Record<End, string>>>;
  /** A word that no document knows. */
  readonly strange: string;
}

export const dialects: Readonly<Record<Api, Dialect>> = {
  smsc: {
    answer: smscApi,
    busy: smscBusy,
    sendPath: /\/sys\/send\.php$/,
    phoneField: 'phones',
    textField: 'mes',
    refusals: ['1', '3', '6', '7', '8'],
    stopped: undefined,
    throttled: '9',
    onTheWay: '0',
    takenBack: '-2',
    ends: { delivered: '1', read: '2', expired: '3', failed: '20', rejected: '22' },
    strange: '77',
  },
  smsru: {
    answer: smsruApi,
    busy: smsruBusy,
    sendPath: /\/sms\/send$/,
    phoneField: 'to',
    textField: 'msg',
    refusals: ['201', '202', '204', '207', '230'],
    stopped: '209',
    throttled: '220',
    onTheWay: '102',
    takenBack: undefined,
    ends: { delivered: '103', read: '110', expired: '104', failed: '106', rejected: '108' },
    strange: '777',
  },
  twilio: {
    answer: twilioApi,
    busy: twilioBusy,
    sendPath: /\/Messages\.json$/,
    phoneField: 'To',
    textField: 'Body',
    refusals: ['21211', '21408', '30006'],
    stopped: '21610',
    throttled: '20429',
    onTheWay: 'sent',
    takenBack: 'canceled',
    ends: { delivered: 'delivered', read: 'read', failed: 'undelivered' },
    strange: 'teleported',
  },
};
