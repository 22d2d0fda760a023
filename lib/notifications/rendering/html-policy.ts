// @pure

import { type Token, Tokenizer } from 'parse5';
import { LINK, TAG, VALUE } from './marked-source.ts';
import { textFault } from './text-policy.ts';

/** Tags that an e-mail may use; those that begin a new line apart from those within one. */
const BLOCKS = new Set([
  'p',
  'div',
  'br',
  'hr',
  'ul',
  'ol',
  'li',
  'h1',
  'h2',
  'h3',
  'h4',
  'blockquote',
  'pre',
  'table',
  'thead',
  'tbody',
  'tr',
  'td',
  'th',
]);
const INLINE = new Set(['a', 'b', 'strong', 'i', 'em', 'u', 's', 'small', 'sub', 'sup', 'span', 'code']);
/** None of them loads, runs or sends anything. No `style`: it loads pictures and hides text. */
const ATTRIBUTES = new Set([
  'class',
  'lang',
  'dir',
  'align',
  'valign',
  'colspan',
  'rowspan',
  'role',
  'width',
]);
const MARK = new RegExp(`[${LINK}${VALUE}${TAG}]`);

const shown = (text: string): string =>
  text.replaceAll(LINK, '{{ link }}').replaceAll(VALUE, '{{ … }}').replaceAll(TAG, '{% … %}').slice(0, 80);

const hrefFault = (value: string, hosts: readonly string[]): string | undefined => {
  if (value === LINK) return undefined;
  if (value.includes(LINK)) return 'a link stands alone as the whole href="{{ link }}"';
  if (MARK.test(value)) return `href holds a variable: ${shown(value)}`;
  if (!/^https:\/\//i.test(value) || !URL.canParse(value)) return `href is no https address: ${shown(value)}`;
  const { hostname, username, password } = new URL(value);
  return hosts.includes(hostname) && username === '' && password === ''
    ? undefined
    : `href leads to a host that is not listed: ${shown(value)}`;
};

const attributeFault = (
  tag: string,
  { name, value }: Token.Attribute,
  hosts: readonly string[],
): string | undefined => {
  if (tag === 'a' && name === 'href') return hrefFault(value, hosts);
  if (!ATTRIBUTES.has(name)) return `attribute ${shown(name)} of <${tag}> is not taken`;
  return MARK.test(value) ? `attribute ${name} of <${tag}> holds a variable` : undefined;
};

/**
 * Why the marked source of an e-mail's HTML is refused, in words naming the tag, attribute or variable; undefined when it is
 * taken. It is read by the tokenizer browsers follow (parse5; WHATWG HTML, 13.2.5), and whatever that calls an error is one.
 * Only tags and attributes of the lists; Liquid's tags and values may be between tags, never in them; a link is the whole
 * `href` or a line of its own.
 */
export const htmlFault = (marked: string, hosts: readonly string[]): string | undefined => {
  const faults: (string | undefined)[] = [];
  const errors: string[] = [];
  let line = '';
  const endLine = (): void => {
    faults.push(textFault(line, hosts));
    line = '';
  };
  const onTag = ({ tagName, attrs }: Token.TagToken): void => {
    if (BLOCKS.has(tagName)) endLine();
    else if (!INLINE.has(tagName)) faults.push(`tag <${shown(tagName)}> is not taken`);
    faults.push(...attrs.map((attribute) => attributeFault(tagName, attribute, hosts)));
  };
  const onText = ({ chars }: Token.CharacterToken): void => {
    line += chars;
  };
  const tokenizer = new Tokenizer(
    { sourceCodeLocationInfo: false },
    {
      onComment: () => faults.push('comments are not taken'),
      onDoctype: () => faults.push('a doctype is not taken'),
      onStartTag: onTag,
      onEndTag: onTag,
      onEof: endLine,
      onCharacter: onText,
      onNullCharacter: onText,
      onWhitespaceCharacter: onText,
      onParseError: ({ code }) => errors.push(`is no well-formed HTML: ${code}`),
    },
  );
  tokenizer.write(marked, true);
  return faults.find((fault) => fault !== undefined) ?? errors[0];
};
