import { createHash, createHmac } from 'node:crypto';
import type { SmsCentre, Taken } from './centre.ts';

// How each API tells of a status; made by the documents, not by the product's own code, so that one checks the other.

/** How a report goes out; the shape of the platform's own `fetch`. */
export type FetchReport = (url: string | URL, init?: RequestInit) => Promise<Response>;

interface Told {
  readonly body: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
}

const seconds = (ms: number): string => String(Math.floor(ms / 1000));

const smsc = (centre: SmsCentre, taken: Taken, code: string): Told => {
  const fields = {
    id: taken.ref,
    phone: taken.phone.slice(1),
    status: code,
    ts: seconds(centre.nowMs()),
    err: '0',
    cnt: String(taken.parts),
  };
  return { body: new URLSearchParams(fields), headers: {} };
};

const smsru = (centre: SmsCentre, taken: Taken, code: string, forged: boolean): Told => {
  const data = `sms_status\n${taken.ref}\n${code}\n${seconds(centre.nowMs())}`;
  const key = forged ? 'not the key' : centre.accounts.smsru.apiId;
  const hash = createHash('sha256').update(key).update(data).digest('hex');
  return { body: new URLSearchParams({ 'data[0]': data, hash }), headers: {} };
};

const twilio = (centre: SmsCentre, taken: Taken, code: string, forged: boolean): Told => {
  const fields: Record<string, string> = {
    AccountSid: centre.accounts.twilio.accountSid,
    ApiVersion: '2010-04-01',
    From: taken.sender,
    MessageSid: taken.ref,
    MessageStatus: code,
    SmsSid: taken.ref,
    SmsStatus: code,
    To: taken.phone,
  };
  return signedByTwilio(
    forged ? 'not the key' : centre.accounts.twilio.authToken,
    taken.callbackUrl ?? '',
    fields,
  );
};

/** A request as Twilio signs it. */
export const signedByTwilio = (authToken: string, url: string, fields: Record<string, string>): Told => {
  let text = url;
  for (const name of Object.keys(fields).sort()) text += name + fields[name];
  const signature = createHmac('sha1', authToken).update(text).digest('base64');
  return { body: new URLSearchParams(fields), headers: { 'x-twilio-signature': signature } };
};

const tell = async (url: string, { body, headers }: Told, fetchReport: FetchReport): Promise<void> => {
  try {
    const answer = await fetchReport(url, {
      method: 'POST',
      body,
      headers,
      signal: AbortSignal.timeout(20_000),
    });
    await answer.arrayBuffer();
  } catch {
    // Nobody there: a real provider's report would be gone just so.
  }
};

/** Sends reports to whoever the message or the account names. The result settles when all have been told. */
export const sendReports = async (
  centre: SmsCentre,
  { taken, codes, fetchReport }: { taken: Taken; codes: readonly string[]; fetchReport: FetchReport },
): Promise<void> => {
  const account = taken.api === 'twilio' ? undefined : centre.accounts[taken.api].callbackUrl;
  const url = account ?? taken.callbackUrl;
  if (!url) return;
  const { copies, lateMs, forged } = centre.faults(taken.api).reports;
  if (lateMs > 0) await new Promise((resolve) => setTimeout(resolve, lateMs));
  const form = { smsc, smsru, twilio }[taken.api];
  for (const code of codes) {
    for (let copy = 0; copy < copies; copy += 1)
      await tell(url, form(centre, taken, code, forged), fetchReport);
  }
};
