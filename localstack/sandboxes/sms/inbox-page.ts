import { statusOf, type Taken } from './centre.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const STYLE = `
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem }
article { border: 1px solid #8885; border-radius: .8rem; padding: .8rem 1rem; margin: .8rem 0; overflow-wrap: anywhere; white-space: pre-wrap }
article p { margin: 0 } small { opacity: .7 } form { display: flex; gap: .5rem } input { flex: 1; font: inherit; padding: .4rem }
`;

const REFRESH_SEC = 3;

const frame = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="${REFRESH_SEC}">` +
  `<title>${escaped(title)}</title><style>${STYLE}</style><body><h1>${escaped(title)}</h1>${body}`;

const article = (taken: Taken): string => {
  const { code } = statusOf(taken);
  const head = `${escaped(taken.sender)} · ${new Date(taken.atMs).toISOString()} · ${taken.api} ${escaped(code)} · ${taken.parts} part${taken.parts === 1 ? '' : 's'}`;
  return `<article><small>${head}</small><p>${escaped(taken.text)}</p></article>`;
};

/** A phone's messages, newest first; it loads itself anew. */
export const inboxPage = (phone: string, messages: readonly Taken[]): string =>
  frame(
    `Messages to ${phone}`,
    messages.length === 0 ? '<p>Nothing has come yet.</p>' : messages.toReversed().map(article).join(''),
  );

/** All phones that got something, latest first. */
export const phonesPage = (messages: readonly Taken[]): string => {
  const phones = [...new Set(messages.toReversed().map(({ phone }) => phone))];
  const row = (phone: string) => {
    const own = messages.filter((each) => each.phone === phone);
    return `<article><small><a href="/inbox/${encodeURIComponent(phone)}">${escaped(phone)}</a> · ${own.length}</small><p>${escaped(own.at(-1)?.text ?? '')}</p></article>`;
  };
  return frame(
    'Sandbox SMS centre',
    phones.length === 0 ? '<p>No message has gone out yet.</p>' : phones.slice(0, 100).map(row).join(''),
  );
};
