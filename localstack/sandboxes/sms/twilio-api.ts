import { createHash } from 'node:crypto';
import { type SmsCentre, statusOf, type Taken } from './centre.ts';
import { type Asked, e164, json, page, type Reply } from './reply.ts';

// Twilio as the types and the source of its npm package have it.

const error = (status: number, code: number): Reply =>
  json({ code, message: 'refused on request', status }, status);

const CODES: Readonly<Record<string, number>> = { 20003: 401, 20429: 429 };

const sidOf = (number: number): string => `SM${createHash('md5').update(`sandbox ${number}`).digest('hex')}`;

const view = (taken: Taken) => {
  const { code, atMs } = statusOf(taken);
  return {
    sid: taken.ref,
    to: taken.phone,
    from: taken.sender,
    body: taken.text,
    status: code,
    num_segments: String(taken.parts),
    price: null,
    error_code: null,
    date_updated: new Date(atMs).toUTCString(),
  };
};

const send = (centre: SmsCentre, fields: URLSearchParams): Reply => {
  const to = fields.get('To') ?? '';
  const text = fields.get('Body') ?? '';
  const broken = centre.use('twilio', 'http');
  if (broken) return page(broken.status);
  const refused = centre.use('twilio', 'refuse');
  if (refused) return error(CODES[refused.code] ?? 400, Number(refused.code));
  if (!fields.get('From') && !fields.get('MessagingServiceSid')) return error(400, 21603);
  if (!/^\+\d{8,15}$/.test(to)) return error(400, 21211);
  if (text === '') return error(400, 21602);
  if (!centre.withinRate('twilio')) return error(429, 20429);
  const lost = centre.use('twilio', 'lose');
  if (lost?.when === 'before') return 'drop';
  const taken = centre.take({
    api: 'twilio',
    ref: sidOf(centre.next()),
    phone: e164(to),
    sender: fields.get('From') ?? fields.get('MessagingServiceSid') ?? '',
    text,
    callbackUrl: fields.get('StatusCallback') ?? undefined,
  });
  return lost ? 'drop' : json(view(taken), 201);
};

const one = (centre: SmsCentre, sid: string, { method }: Asked): Reply => {
  const taken = centre.find(sid);
  if (!taken) return error(404, 20404);
  if (method === 'POST') {
    if (statusOf(taken).code !== 'scheduled') return error(400, 30409);
    centre.advance(sid, 'canceled', { silent: true });
  }
  return json(view(taken));
};

const PATH = /^\/2010-04-01\/Accounts\/([^/]+)\/(Messages|Balance)(?:\/([^/]+))?\.json$/;

export const twilioApi = (centre: SmsCentre, asked: Asked): Reply | undefined => {
  const match = PATH.exec(asked.path);
  if (!match) return undefined;
  const [, account, kind, sid] = match;
  const { accountSid, authToken } = centre.accounts.twilio;
  const basic = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  if (account !== accountSid || asked.authorization !== basic) return error(401, 20003);
  if (kind === 'Balance') return json({ account_sid: account, balance: '12.34', currency: 'USD' });
  return sid === undefined ? send(centre, asked.fields) : one(centre, sid, asked);
};

export const twilioBusy = error(429, 20429);
