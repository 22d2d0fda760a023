/** What somebody may do now: one list behind buttons, keys, the palette and the help. */
export interface Command {
  readonly id: string;
  /** In the reader's language, the same on the button. */
  readonly label: string;
  /** Heading in the palette and the help. */
  readonly group: string;
  /** `event.code`s, so that every layout works: one, or G and another. */
  readonly keys?: readonly [string] | readonly ['KeyG', string];
  /** With ⌘ or Ctrl, and then in fields too. */
  readonly mod?: boolean;
  readonly shift?: boolean;
  readonly run: () => void;
}

export interface Stroke {
  readonly code: string;
  readonly alt: boolean;
  readonly mod: boolean;
  readonly shift: boolean;
  readonly composing: boolean;
  /** In a field, a dialog or a menu, which have keys of their own. */
  readonly busy: boolean;
}

export type Match<T> =
  | { readonly kind: 'run'; readonly command: T }
  /** The first of two keys. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'none' };

/**
 * What a key stroke means. Alt is never ours: it types letters (ą, ś, ó). The last command of a list wins, as the innermost pane
 * registers last.
 * @param afterG the stroke before was G
 */
export const matchStroke = <T extends Pick<Command, 'keys' | 'mod' | 'shift'>>(
  stroke: Stroke,
  commands: readonly T[],
  afterG: boolean,
): Match<T> => {
  if (stroke.alt || stroke.composing) return { kind: 'none' };
  if (stroke.busy && !stroke.mod) return { kind: 'none' };
  const fits = commands.findLast(({ keys = [], mod = false, shift = false }) => {
    if (mod !== stroke.mod || shift !== stroke.shift) return false;
    const wanted = afterG ? ['KeyG', stroke.code] : [stroke.code];
    return keys.length === wanted.length && keys.every((key, index) => key === wanted[index]);
  });
  if (fits) return { kind: 'run', command: fits };
  const begins = !stroke.mod && !afterG && stroke.code === 'KeyG';
  return begins && commands.some(({ keys }) => keys?.length === 2) ? { kind: 'wait' } : { kind: 'none' };
};

const NAMES: Readonly<Record<string, string>> = {
  BracketLeft: '[',
  Slash: '/',
  Enter: '↵',
  Escape: 'Esc',
};

const keyName = (code: string): string => NAMES[code] ?? code.replace(/^(Key|Digit)/, '');

/** As it is written on a button: `A`, `G T`, `⌘K`. */
export const keysText = (
  { keys, mod, shift }: Pick<Command, 'keys' | 'mod' | 'shift'>,
  isMac: boolean,
): string | undefined => {
  if (keys === undefined) return undefined;
  const text = shift && keys[0] === 'Slash' ? '?' : keys.map(keyName).join(' ');
  if (!mod) return text;
  return isMac ? `⌘${text}` : `Ctrl ${text}`;
};

/** Commands whose words all occur in the label or group, in their order. */
export const found = <T extends Pick<Command, 'label' | 'group'>>(
  commands: readonly T[],
  query: string,
): readonly T[] => {
  const words = query.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
  return commands.filter(({ label, group }) => {
    const text = `${label} ${group}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
};
