import {
  type Command,
  found,
  keysText,
  matchStroke,
  type Stroke,
} from '../../../console/src/app/commands/command.ts';

const command = (id: string, fields: Partial<Command> = {}): Command => ({
  id,
  label: id,
  group: 'Ticket',
  run: () => undefined,
  ...fields,
});
const stroke = (code: string, fields: Partial<Stroke> = {}): Stroke => ({
  code,
  alt: false,
  mod: false,
  shift: false,
  composing: false,
  busy: false,
  ...fields,
});
const accept = command('Accept', { keys: ['KeyA'] });
const board = command('Board', { keys: ['KeyG', 'KeyB'] });
const palette = command('All commands', { keys: ['KeyK'], mod: true });
const help = command('Keys', { keys: ['Slash'], shift: true });
const all = [accept, board, palette, help];
const run = (given: Stroke, afterG = false): string => {
  const match = matchStroke(given, all, afterG);
  return match.kind === 'run' ? match.command.id : match.kind;
};

test.each([
  ['a single key', stroke('KeyA'), false, 'Accept'],
  ['a key with Alt, which types ą or ś', stroke('KeyA', { alt: true }), false, 'none'],
  ['a key while an input method composes', stroke('KeyA', { composing: true }), false, 'none'],
  ['a key in a field', stroke('KeyA', { busy: true }), false, 'none'],
  ['a key with Shift, which no command has', stroke('KeyA', { shift: true }), false, 'none'],
  ['⌘K in a field', stroke('KeyK', { busy: true, mod: true }), false, 'All commands'],
  ['K without ⌘', stroke('KeyK'), false, 'none'],
  ['Shift and /', stroke('Slash', { shift: true }), false, 'Keys'],
  ['/ alone', stroke('Slash'), false, 'none'],
  ['G, the first of two', stroke('KeyG'), false, 'wait'],
  ['B after G', stroke('KeyB'), true, 'Board'],
  ['A after G', stroke('KeyA'), true, 'none'],
  ['B alone', stroke('KeyB'), false, 'none'],
])('%s means what it should', (_name, given, afterG, expected) => {
  expect(run(given, afterG)).toBe(expected);
});

test('of two commands with one key the inner pane’s wins', () => {
  const inner = command('Inner', { keys: ['KeyA'] });
  const match = matchStroke(stroke('KeyA'), [accept, inner], false);
  expect(match).toEqual({ kind: 'run', command: inner });
});

test('G waits for nothing where no command has two keys', () => {
  expect(matchStroke(stroke('KeyG'), [accept], false)).toEqual({ kind: 'none' });
});

test.each([
  [accept, true, 'A'],
  [board, true, 'G B'],
  [palette, true, '⌘K'],
  [palette, false, 'Ctrl K'],
  [help, false, '?'],
  [command('Sign out'), true, undefined],
])('the keys of %j are written as they are pressed', (given, isMac, expected) => {
  expect(keysText(given, isMac)).toBe(expected);
});

test('commands are found by words of label and group in any order and case', () => {
  const list = [command('Close', { group: 'This ticket' }), command('Board', { group: 'Go to' })];
  expect(found(list, 'TICKET clo').map(({ id }) => id)).toEqual(['Close']);
  expect(found(list, '  ')).toEqual(list);
  expect(found(list, 'nothing')).toEqual([]);
});
