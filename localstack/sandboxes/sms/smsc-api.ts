import { type SmsCentre, statusOf, type Taken } from './centre.ts';
import { type Asked, e164, json, page, type Reply } from './reply.ts';

// SMSC.ru as its documents have it: smsc.ru/api/http.

const error = (code: number, text: string): Reply => json({ error: text, error_code: code });
const WRONG_LOGIN = error(2, 'authorise error');
const TOO_MANY = error(9, 'duplicate request, wait a minute');

const isKnown = (centre: SmsCentre, fields: URLSearchParams): boolean => {
  const { login, password } = centre.accounts.smsc;
  return (
    (fields.get('login') === login && fields.get('psw') === password) || fields.get('apikey') === password
  );
};

const send = (centre: SmsCentre, fields: URLSearchParams): Reply => {
  const phone = fields.get('phones') ?? '';
  const text = fields.get('mes') ?? '';
  if (!phone || !text) return error(1, 'parameters error');
  const broken = centre.use('smsc', 'http');
  if (broken) return page(broken.status);
  const refused = centre.use('smsc', 'refuse');
  if (refused) return error(Number(refused.code), 'refused on request');
  if (!/^\+?\d{10,15}$/.test(phone)) return error(7, 'invalid phone format');
  if (!centre.withinRate('smsc')) return TOO_MANY;
  const lost = centre.use('smsc', 'lose');
  if (lost?.when === 'before') return 'drop';
  const taken = centre.take({
    api: 'smsc',
    ref: fields.get('id') ?? String(centre.next()),
    phone: e164(phone),
    sender: fields.get('sender') ?? 'SMSC.RU',
    text,
    callbackUrl: centre.accounts.smsc.callbackUrl,
  });
  if (lost) return 'drop';
  return json({ id: Number(taken.ref), cnt: taken.parts, cost: '4.1', balance: '83.6' });
};

const MINUTE_MS = 60_000;
const MOST_PER_MESSAGE = 5;

/** Questions of the last minute: more than five about one message, or two about many, are error 9. */
class AskLimits {
  readonly #asked = new Map<string, number[]>();

  allows(nowMs: number, key: string, most: number): boolean {
    const times = (this.#asked.get(key) ?? []).filter((each) => each > nowMs - MINUTE_MS);
    times.push(nowMs);
    this.#asked.set(key, times);
    return times.length <= most;
  }
}

const limits = new WeakMap<SmsCentre, AskLimits>();

const mayAsk = (centre: SmsCentre, ids: readonly string[]): boolean => {
  if (!centre.faults('smsc').askLimits) return true;
  const own = limits.get(centre) ?? new AskLimits();
  limits.set(centre, own);
  return ids.length > 1
    ? own.allows(centre.nowMs(), 'many', 1)
    : own.allows(centre.nowMs(), `one ${ids[0]}`, MOST_PER_MESSAGE);
};

const statusFields = (taken: Taken | undefined, asked: { id: string; phone: string }) => {
  if (!taken) return { status: -3, last_date: '', last_timestamp: 0, ...asked };
  const { code, atMs } = statusOf(taken);
  return {
    status: Number(code),
    last_date: new Date(atMs).toISOString(),
    last_timestamp: Math.floor(atMs / 1000),
    err: 0,
    ...asked,
  };
};

const status = (centre: SmsCentre, fields: URLSearchParams): Reply => {
  const ids = (fields.get('id') ?? '').split(',');
  const phones = (fields.get('phone') ?? '').split(',');
  centre.questions.asked += 1;
  if (!mayAsk(centre, ids)) {
    centre.questions.tooMany += 1;
    return TOO_MANY;
  }
  const found = ids.map((id, index) => {
    const phone = phones[index] ?? '';
    const taken = centre.inbox(e164(phone)).findLast((each) => each.ref === id && each.api === 'smsc');
    return { taken, asked: { id, phone } };
  });
  if (fields.get('del') === '1') {
    const first = found[0]?.taken;
    if (!first || statusOf(first).code !== '-1') return error(5, 'not deleted');
    centre.advance(first.ref, '-2', { silent: true });
    return json({ result: 'OK' });
  }
  const list = found.map(({ taken, asked }) => statusFields(taken, asked));
  return json(list.length === 1 ? list[0] : list);
};

export const smscApi = (centre: SmsCentre, { path, fields }: Asked): Reply | undefined => {
  if (!/^\/sys\/(send|status|balance)\.php$/.test(path)) return undefined;
  if (!isKnown(centre, fields)) return WRONG_LOGIN;
  if (path === '/sys/send.php') return send(centre, fields);
  return path === '/sys/status.php' ? status(centre, fields) : json({ balance: '83.6' });
};

export const smscBusy = TOO_MANY;
