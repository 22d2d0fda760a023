/** Code without comments. */
export const codeOf = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '');

/** Literals in code that are a module's name, or begin with one: `'desk'`, `"sms:send"`, `'desk.ticket.closed'`. */
export const namesIn = (text: string, modules: readonly string[]): string[] => {
  const literal = new RegExp(`(['"\`])((?:${modules.join('|')})(?:[.:][^'"\`]*)?)\\1`, 'g');
  return [...codeOf(text).matchAll(literal)].map(([, , name = '']) => name);
};
