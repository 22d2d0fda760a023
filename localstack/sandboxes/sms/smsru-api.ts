import { type SmsCentre, statusOf } from './centre.ts';
import { type Asked, e164, json, page, type Reply } from './reply.ts';

// sms.ru as the ports of its PHP library have it.

const FIRST_ID = 1_000_000;
const error = (code: number): Reply =>
  json({ status: 'ERROR', status_code: code, status_text: 'refused on request' });

const ok = (more: object): Reply => json({ status: 'OK', status_code: 100, ...more, balance: 10 });

const send = (centre: SmsCentre, fields: URLSearchParams): Reply => {
  const to = fields.get('to') ?? '';
  const text = fields.get('msg') ?? '';
  const broken = centre.use('smsru', 'http');
  if (broken) return page(broken.status);
  const refused = centre.use('smsru', 'refuse');
  if (refused && !refused.inside) return error(Number(refused.code));
  const failed = (code: number): Reply =>
    ok({ sms: { [to]: { status: 'ERROR', status_code: code, status_text: 'refused on request' } } });
  if (refused) return failed(Number(refused.code));
  if (text === '') return failed(203);
  if (!/^\d{10,15}$/.test(to)) return failed(202);
  if (!centre.withinRate('smsru')) return error(220);
  const lost = centre.use('smsru', 'lose');
  if (lost?.when === 'before') return 'drop';
  const { ref } = centre.take({
    api: 'smsru',
    ref: `000000-${FIRST_ID + centre.next()}`,
    phone: e164(to),
    sender: fields.get('from') ?? 'SMS.RU',
    text,
    callbackUrl: centre.accounts.smsru.callbackUrl,
  });
  if (lost) return 'drop';
  return ok({ sms: { [to]: { status: 'OK', status_code: 100, sms_id: ref } } });
};

const status = (centre: SmsCentre, fields: URLSearchParams): Reply => {
  const ids = (fields.get('sms_id') ?? '').split(',');
  const found = ids.map((id) => {
    const taken = centre.find(id);
    const code = taken?.api === 'smsru' ? Number(statusOf(taken).code) : -1;
    return [id, { status: 'OK', status_code: code, status_text: '' }] as const;
  });
  return ok({ sms: Object.fromEntries(found) });
};

export const smsruApi = (centre: SmsCentre, { path, fields }: Asked): Reply | undefined => {
  if (!['/sms/send', '/sms/status', '/my/balance', '/callback/add', '/callback/get'].includes(path))
    return undefined;
  if (fields.get('api_id') !== centre.accounts.smsru.apiId) return error(200);
  if (path === '/sms/send') return send(centre, fields);
  if (path === '/sms/status') return status(centre, fields);
  if (path === '/my/balance') return ok({});
  if (path === '/callback/add') {
    const callbackUrl = fields.get('url') ?? undefined;
    centre.accounts = { ...centre.accounts, smsru: { ...centre.accounts.smsru, callbackUrl } };
  }
  return ok({ callback: [centre.accounts.smsru.callbackUrl ?? ''] });
};

export const smsruBusy = error(220);
