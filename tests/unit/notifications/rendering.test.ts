import * as fc from 'fast-check';
import { catalogue } from '../../../lib/notifications/catalogue.ts';
import { locales, templateNames, tokenPlaceholder } from '../../../lib/notifications/model.ts';
import { oneLine } from '../../../lib/notifications/rendering/frame.ts';
import {
  checkContent,
  renderEmail,
  renderSms,
  variablesOf,
} from '../../../lib/notifications/rendering/render.ts';

const every = templateNames.flatMap((name) => locales.map((locale) => [name, locale] as const));
const common = { product: 'Rotadesk', link: 'https://api.invalid/x' };

test.each(every)('R-NOT-01 the shipped template version of %s in %s passes its own check', (name, locale) => {
  const entry = catalogue[name];
  expect(checkContent(entry, locale, { content: entry.shipped[locale], hosts: [] })).toEqual([]);
  expect(entry.data.safeParse(entry.sample).success).toBe(true);
});

test.each(every)(
  'R-NOT-01 %s in %s says the same in text and HTML, and has an SMS where it may go as one',
  (name, locale) => {
    const { shipped, sample, channels } = catalogue[name];
    const content = shipped[locale];
    const email = renderEmail({ locale, content, variables: { ...sample, ...common } });
    if (email.kind === 'broken') throw new Error('broken');
    for (const value of Object.values(sample).flat()) {
      const shown = name === 'tickets-overdue' && value === sample.name ? '' : String(value);
      expect(email.value.text).toContain(shown);
      expect(email.value.html).toContain(shown);
    }
    expect(content.sms !== undefined).toBe(channels.includes('sms'));
  },
);

test.each([
  [1, '1 новый ответ.', '1 new reply.'],
  [2, '2 новых ответа.', '2 new replies.'],
  [5, '5 новых ответов.', '5 new replies.'],
  [11, '11 новых ответов.', '11 new replies.'],
  [21, '21 новый ответ.', '21 new replies.'],
  [104, '104 новых ответа.', '104 new replies.'],
])('R-NOT-02 %i replies are counted as each language counts', (count, ru, en) => {
  for (const [locale, words] of [
    ['ru', ru],
    ['en', en],
  ] as const) {
    const content = catalogue['reply-waiting'].shipped[locale];
    const email = renderEmail({ locale, content, variables: { ...common, count } });
    expect(email).toMatchObject({ kind: 'rendered', value: { text: expect.stringContaining(words) } });
  }
});

describe('R-NOT-01 whatever a user is called', () => {
  const content = {
    subject: 'For {{ name }}',
    text: '{{ name }}',
    html: '<p title="{{ name }}">{{ name }}</p>',
    sms: '{{ name }}',
  };

  test('no markup of theirs stands in the HTML, and a subject and an SMS are one line', () => {
    void fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.constantFrom('</title><script>', '"><b>', "' onx='", '&lt;'),
        ),
        (name) => {
          const variables = { ...common, name };
          const email = renderEmail({ locale: 'en', content, variables });
          const sms = renderSms({ locale: 'en', content, variables });
          if (email.kind === 'broken' || sms.kind === 'broken') throw new Error('broken');
          const { subject, html } = email.value;
          const body = /<p title="([^"<>]*)">([^<>]*)<\/p>/.exec(html);
          expect(body).not.toBeNull();
          expect(/<title>[^<>]*<\/title>/.test(html)).toBe(true);
          for (const line of [subject, sms.value]) expect(/[\p{Cc}\p{Zl}\p{Zp}]/u.test(line)).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each([
    ['a\r\nBcc: x@y.example', 'a Bcc: x@y.example'],
    ['a\u0000b\u0085c\u2028d\u2029e', 'a b c d e'],
    ['  padded \t ', 'padded'],
    ['x'.repeat(300), 'x'.repeat(200)],
  ])('one line of %j', (given, line) => {
    expect(oneLine(given)).toBe(line);
  });
});

test('R-NOT-01 a missing variable breaks the e-mail and names the part; an optional one does not', () => {
  const content = { subject: 'Hi', text: '{{ count }}', html: '{% if name %}{{ name }}{% endif %}' };
  expect(renderEmail({ locale: 'en', content, variables: {} })).toEqual({
    kind: 'broken',
    broken: [{ part: 'text', message: expect.stringContaining('undefined variable: count') }],
  });
});

test('R-NOT-01 only a template with a link may name one', () => {
  const linked = templateNames.filter((name) => variablesOf(catalogue[name]).includes('link'));
  expect(linked).toEqual(['email-confirmation']);
});

test('R-NOT-01 what stands for the token is one per notification and survives HTML and URLs', () => {
  const [one, other] = [tokenPlaceholder('ntf_1'), tokenPlaceholder('ntf_2')];
  expect(one).not.toBe(other);
  expect(one).toMatch(/^[A-Za-z0-9]{37}$/);
});
