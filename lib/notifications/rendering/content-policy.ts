// @pure

import type { BrokenPart, ContentPart, TemplateContent } from '../model.ts';
import { htmlFault } from './html-policy.ts';
import { LINK, markedSource } from './marked-source.ts';
import { textFault } from './text-policy.ts';

const withoutLink = (marked: string, hosts: readonly string[]): string | undefined =>
  marked.includes(LINK) ? 'variable link has no place here' : textFault(marked, hosts);

const faultsOf: Readonly<Record<ContentPart, typeof textFault>> = {
  subject: withoutLink,
  text: textFault,
  html: htmlFault,
  sms: withoutLink,
};

/**
 * What in a template version could lead a reader, or a secret link, where it must not go (R-NOT-02): foreign addresses, tags and
 * attributes that are not on the list, a link that is not the whole value or line. `hosts` are those that e-mails may lead to.
 * Checked on the source, so branches that no sample takes count as well. Throws what Liquid throws for a broken source.
 */
export const unsafeParts = (content: TemplateContent, hosts: readonly string[]): BrokenPart[] =>
  (['subject', 'text', 'html', 'sms'] as const).flatMap((part) => {
    const source = content[part];
    if (source === undefined) return [];
    const marked = markedSource(source);
    const message = marked.kind === 'refused' ? marked.message : faultsOf[part](marked.text, hosts);
    return message === undefined ? [] : [{ part, message }];
  });
