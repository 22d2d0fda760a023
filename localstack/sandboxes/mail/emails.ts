import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';

/** An e-mail that came in, as the inbox shows it. */
export interface Email {
  readonly id: string;
  readonly at: string;
  /** Of the envelope: where it really went, whatever its header says. */
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly html: string;
  /** As it came over the wire. */
  readonly raw: string;
}

const KEPT = 500;

const addresses = (value: AddressObject | AddressObject[] | undefined): string =>
  [value ?? []]
    .flat()
    .map(({ text }) => text)
    .join(', ');

const headersOf = ({ headerLines }: ParsedMail): Record<string, string> =>
  Object.fromEntries(
    headerLines.map(({ key, line }) => [
      key,
      line
        .slice(line.indexOf(':') + 1)
        .replace(/\r?\n\s*/g, ' ')
        .trim(),
    ]),
  );

/** What came in, newest first; the oldest go when there are more than 500. */
export class Emails {
  #all: Email[] = [];
  #count = 0;

  async receive(raw: Buffer, envelope: Email['envelope']): Promise<Email> {
    const mail = await simpleParser(raw, { skipImageLinks: true });
    this.#count += 1;
    const email: Email = {
      id: String(this.#count),
      at: new Date().toISOString(),
      envelope,
      from: addresses(mail.from),
      to: addresses(mail.to),
      subject: mail.subject ?? '',
      messageId: mail.messageId ?? '',
      headers: headersOf(mail),
      text: mail.text ?? '',
      html: mail.html === false ? '' : (mail.html ?? ''),
      raw: raw.toString('utf8'),
    };
    this.#all = [email, ...this.#all].slice(0, KEPT);
    return email;
  }

  find(id: string): Email | undefined {
    return this.#all.find((each) => each.id === id);
  }

  /** Newest first; those whose envelope names the address, when one is given. */
  list(to?: string): readonly Email[] {
    return this.#all.filter(({ envelope }) => to === undefined || envelope.to.includes(to));
  }

  clear(): void {
    this.#all = [];
  }
}
