import fc from 'fast-check';
import { catalogue } from '../../../lib/notifications/catalogue.ts';
import { unsafeParts } from '../../../lib/notifications/rendering/content-policy.ts';
import { renderEmail } from '../../../lib/notifications/rendering/render.ts';

const HOSTS = ['desk.example', 'help.firm.example'];
const { en } = catalogue['email-confirmation'].shipped;
const faultOf = (content: object): string =>
  unsafeParts({ ...en, ...content }, HOSTS)
    .map(({ part, message }) => `${part}: ${message}`)
    .join('; ');

test.each([
  ['a wrapped link', '<a href="https://evil.example/?l={{ link }}">x</a>', /whole href/],
  ['a link with a tail', '<a href="{{ link }}.evil.example">x</a>', /whole href/],
  ['a link as another attribute', '<p class="{{ link }}">x</p>', /attribute class of <p> holds a variable/],
  ['a filtered link', '<a href="{{ link | append: "x" }}">x</a>', /link stands alone, as/],
  ['a link in capitals', '{{ link | upcase }}', /link stands alone, as/],
  ['an assigned link', '{% assign x = link %}<p>{{ x }}</p>', /link stands alone, as/],
  ['a link in a loop', '{% for x in link %}{{ x }}{% endfor %}', /link stands alone, as/],
  ['a name made up at run time', '{% assign k = "li" | append: "nk" %}{{ [k] }}', /square brackets/],
  ['a name in brackets', '{{ ["link"] }}', /square brackets/],
  ['an address before the link', '<p>https://evil.example/?l={{ link }}</p>', /alone in its line/],
  ['an address before the link, bold apart', '<p>evil.example/?l=<b>{{ link }}</b></p>', /alone in its line/],
  [
    'an address before the link in a branch',
    '<p>evil.example/{% if name %}{{ link }}{% endif %}</p>',
    /alone in its line/,
  ],
  ['an address drawn near by Liquid', '<p>evil.example/\n{{- link }}</p>', /alone in its line/],
  ['a foreign address', '<a href="https://evil.example/">x</a>', /host that is not listed/],
  ['a host that only begins well', '<a href="https://desk.example.evil.example/">x</a>', /not listed/],
  ['a name before a foreign host', '<a href="https://desk.example@evil.example/">x</a>', /not listed/],
  ['a password at a listed host', '<a href="https://a:b@desk.example/">x</a>', /not listed/],
  ['an address without a scheme', '<a href="//evil.example">x</a>', /no https address/],
  ['plain http', '<a href="http://desk.example/">x</a>', /no https address/],
  ['javascript:', '<a href="javascript:alert(1)">x</a>', /no https address/],
  ['javascript in references', '<a href="&#106;avascript:alert(1)">x</a>', /no https address/],
  ['data:', '<a href="data:text/html,x">x</a>', /no https address/],
  ['a variable address', '<a href="{{ name }}">x</a>', /href holds a variable/],
  ['a variable host', '<a href="https://{{ name }}/">x</a>', /href holds a variable/],
  ['a foreign address as text', '<p>see https://evil.example/x</p>', /not listed/],
  ['a foreign www as text', '<p>see www.evil.example</p>', /not listed/],
  ['an address split by a tag', '<p>https://<b></b>evil.example</p>', /not listed/],
  ['a script', '<script>alert(1)</script>', /tag <script> is not taken/],
  ['a script in a branch never taken', '{% if name == "x" %}<script>1</script>{% endif %}', /tag <script>/],
  ['a script in a Liquid comment', '{% comment %}<script>1</script>{% endcomment %}', /tag <script>/],
  ['a script put together', '<{{ name }}>', /invalid-first-character/],
  ['a script put together by branches', '<{% if name %}script>{% endif %}', /invalid-first-character/],
  ['a tag whose name is put together', '<s{{ name }}>', /is not taken/],
  ['an attribute that is a variable', '<p {{ name }}>x</p>', /attribute .* is not taken/],
  [
    'an attribute in a branch',
    '<a {% if name %}href="https://evil.example"{% endif %}>x</a>',
    /is not taken/,
  ],
  ['a remote picture', '<img src="https://evil.example/p.gif">', /tag <img>/],
  ['an event', '<p onclick="alert(1)">x</p>', /attribute onclick of <p>/],
  ['a style', '<p style="background:url(https://evil.example)">x</p>', /attribute style of <p>/],
  ['a style sheet', '<style>p{}</style>', /tag <style>/],
  ['SVG', '<svg onload=alert(1)></svg>', /tag <svg>/],
  ['a form', '<form action="https://evil.example"><input></form>', /tag <form>/],
  ['a frame', '<iframe src="https://evil.example"></iframe>', /tag <iframe>/],
  ['a base', '<base href="https://evil.example">', /tag <base>/],
  ['a refresh', '<meta http-equiv="refresh" content="0">', /tag <meta>/],
  ['an event of the page', '<body onload=alert(1)>', /tag <body>/],
  ['a comment', '<!-- x -->', /comments/],
  ['a conditional comment', '<!--[if mso]><script>1</script><![endif]-->', /comments/],
  ['a doctype', '<!doctype html>', /doctype/],
  ['an instruction', '<?xml version="1.0"?>', /comments|well-formed/],
  ['a tag that does not end', '<p>x</p><a href="https://evil.example', /well-formed/],
  ['an attribute twice', '<a href="{{ link }}" href="https://evil.example">x</a>', /well-formed/],
  ['a quote missing', '<a href="{{ link }}"class="x"">x</a>', /attribute " of <a>/],
  ['a zero', '<p>\u0000</p>', /well-formed/],
  ['our own marks', '<p>\uE000</p>', /private use/],
])('R-NOT-02 HTML with %s is refused and named', (_, html, words) => {
  expect(faultOf({ html })).toMatch(/^html: /);
  expect(faultOf({ html })).toMatch(words);
});

test.each([
  ['a wrapped link', 'https://evil.example/?l={{ link }}', /alone in its line/],
  ['words before the link', 'Open {{ link }}', /alone in its line/],
  ['a value before the link', '{{ name }}{{ link }}', /alone in its line/],
  ['a line drawn near by Liquid', 'evil.example/?l=\n{{- link }}', /alone in its line/],
  ['a filtered link', '{{ link | truncate: 90 }}', /link stands alone, as/],
  ['a foreign address', 'https://evil.example', /not listed/],
  ['another scheme', 'ftp://desk.example', /only https/],
  ['a variable host', 'https://{{ name }}', /not listed/],
  ['a foreign www', 'www.evil.example', /not listed/],
  ['a bare domain', 'Go to evil.example now', /evil\.example reads as an address/],
  ['a bare domain in capitals', 'EVIL.EXAMPLE', /reads as an address/],
  ['a bare domain with a path', 'evil.example/login?x=1', /reads as an address/],
  ['a bare domain of a new top level', 'invoice.zip', /reads as an address/],
  ['a domain in other letters', 'зайдите на злой.рф', /злой\.рф reads as an address/],
  ['a domain in punycode', 'xn--e1afmkfd.xn--p1ai', /reads as an address/],
  ['a full-width dot', 'evil\uFF0Eexample', /reads as an address/],
  ['an ideographic dot', 'evil\u3002example', /reads as an address/],
  ['a dot with a character of no width', 'evil.\u200Bexample', /reads as an address/],
  ['a bare IP address', 'call 203.0.113.7 now', /reads as an address/],
  ['a foreign e-mail address', 'write to help@evil.example', /reads as an address/],
  ['a listed host that begins another', 'desk.example.evil.example', /reads as an address/],
  ['a listed host as the name before another', 'desk.example:x@evil.example', /reads as an address/],
  ['a foreign domain after a listed address', 'https://desk.example/ evil.example', /reads as an address/],
  ['a domain that a variable ends', 'evil.{{ name }}', /evil\.{{ … }} reads as an address/],
  ['a domain that a variable begins', '{{ name }}.example', /reads as an address/],
  ['a domain put together by branches', 'evil.{% if name %}example{% endif %}', /reads as an address/],
  ['a string that is an address', '{{ "https://evil.example" }}', /a string holds none/],
  ['a string that is a domain', '{{ "evil.example" }}', /a string holds none/],
  ['strings put together', '{{ "evil" | append: "." | append: "example" }}', /a string holds none/],
  ['an assigned string', "{% assign x = 'evil.example' %}{{ x }}", /a string holds none/],
  ['a looped string', '{% for x in "evil.example" %}{{ x }}{% endfor %}', /a string holds none/],
  ['a full-width dot in a string', '{{ "evil\uFF0Eexample" }}', /a string holds none/],
])('R-NOT-02 text with %s is refused and named', (_, text, words) => {
  expect(faultOf({ text })).toMatch(/^text: /);
  expect(faultOf({ text })).toMatch(words);
});

test.each([
  ['sentences', 'Hello. How are you? Fine... Bye.'],
  ['numbers, dates, times and versions', 'On 01.12.2026 at 18.00 we took 1.234.567,00, see 1.2.3'],
  ['short forms', 'e.g. this, i.e. that, и т.д., т.е., J.R.R. Tolkien'],
  ['listed hosts', 'Go to desk.example, help.firm.example/faq.html?x=a.b or write to us@desk.example.'],
  ['a listed address with dots in its path', 'https://desk.example/help.page/a.b?c=d.e'],
  ['compared strings with dots', '{% if name == "user.created" %}x{% elsif name == "a.b" %}y{% endif %}'],
  ['a value at a sentence’s end', 'Hello {{ name }}. {{ product }}.'],
])('R-NOT-02 text with %s is taken', (_, text) => expect(faultOf({ text: `${text}\n{{ link }}` })).toBe(''));

test('R-NOT-02 a bare domain is named in HTML, subject and SMS as well', () => {
  const bare = 'evil.example';
  expect(faultOf({ html: '<p>evil.<b>example</b></p>', subject: bare, sms: bare })).toMatch(
    /^subject: evil.example reads .*; html: evil.example reads .*; sms: evil.example reads /,
  );
});

test('R-NOT-02 subjects and SMS hold no link and no foreign address', () => {
  expect(faultOf({ subject: '{{ link }}' })).toMatch(/^subject: variable link has no place/);
  expect(faultOf({ sms: '{{ link }}' })).toMatch(/^sms: variable link has no place/);
  expect(faultOf({ subject: 'https://evil.example', sms: 'www.evil.example' })).toMatch(
    /^subject: .*; sms: /,
  );
});

test.each([
  ['a link as the whole href', '<p><a class="button" href="{{ link }}">Go</a></p>'],
  ['a link without quotes round it', '<a href={{ link }}>Go</a>'],
  ['a link in a line of its own', '<p>Copy this address:<br>{{ link }}</p>'],
  ['a link in a branch', '<p>{% if name %}{{ link }}{% endif %}</p>'],
  ['the product’s host', '<a href="https://desk.example/help?a=1#x">help</a>'],
  ['a listed host', '<p>https://help.firm.example/x</p>'],
  [
    'a table',
    '<table width="100%"><tbody><tr><td colspan="2" align="right"><b>{{ name }}</b></td></tr></tbody></table>',
  ],
  [
    'lists, branches and loops',
    '<ul>{% for i in (1..3) %}<li>{{ i }}</li>{% endfor %}</ul><h2 lang="en" dir="ltr">x &amp; y</h2>',
  ],
  ['signs that are no tags', '<p>1 &lt; 2, a&nbsp;b, {{ name }} &gt; 0</p>'],
])('R-NOT-02 HTML with %s is taken', (_, html) => expect(faultOf({ html })).toBe(''));

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><script>alert(1)</script>',
  "'><img src=x onerror=alert(1)>",
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<svg><script>alert&#40;1&#41;</script>',
  '"><svg onload=alert(1)>',
  '<iframe src=javascript:alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '<body onload=alert(1)>',
  '<input autofocus onfocus=alert(1)>',
  '<details open ontoggle=alert(1)>',
  '<video><source onerror=alert(1)>',
  '<math><mtext><script>alert(1)</script>',
  '</title><script>alert(1)</script>',
  '</style><script>alert(1)</script>',
  '</main></body><script>alert(1)</script>',
  '--><script>alert(1)</script>',
  '<!--<script>alert(1)</script>',
  ']]><script>alert(1)</script>',
  '<?xml version="1.0"?><x/>',
  '<![CDATA[<script>]]>',
  '{{ link }}',
  '{% assign x = link %}',
  '{{ "x" | append: link }}',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;script&#62;',
  '&quot; onmouseover=alert(1)',
  '" onmouseover="alert(1)',
  "' onmouseover='alert(1)",
  '` onmouseover=alert(1)',
  '\u202E<script>',
  '<\u0000script>',
  '<scr\u0000ipt>alert(1)</scr\u0000ipt>',
  '\uFF1Cscript\uFF1E',
  '<style>@import "https://evil.example"</style>',
  '<link rel=stylesheet href=https://evil.example>',
  '<meta http-equiv=refresh content=0>',
  '<base href=https://evil.example>',
  '<form action=https://evil.example><input>',
];

test('R-NOT-02 forty hostile names add no tag, no attribute and no link to an e-mail', () => {
  expect(HOSTILE).toHaveLength(40);
  const emailOf = (name: string) => {
    const variables = { name, product: 'Rotadesk', link: 'https://desk.example/x' };
    const email = renderEmail({ locale: 'en', content: en, variables });
    if (email.kind === 'broken') throw new Error(email.broken[0]?.message);
    return email.value;
  };
  const tagsOf = (html: string) => html.match(/<[^>]*>/g);
  for (const name of HOSTILE) {
    expect(tagsOf(emailOf(name).html)).toEqual(tagsOf(emailOf('Anna').html));
    expect(emailOf(name).html.split('https://desk.example/x')).toHaveLength(3);
  }
});

test('R-NOT-02 no source makes the check fail in another way than Liquid does', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '=',
    '/',
    '!',
    '--',
    'a',
    ' href',
    '{{ link }}',
    '{{ name }}',
    '{% if name %}',
    '{% endif %}',
    '\n',
    '&',
    'https://',
    'script',
    'desk.example',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 15 }), (pieces) => {
      const html = pieces.join('');
      const fault = faultOf({ html });
      // What is taken renders without a script, a foreign address or a wrapped link.
      if (fault === '') expect(html).not.toMatch(/<script|href="?https:\/\/(?!desk\.example)/);
    }),
  );
});
