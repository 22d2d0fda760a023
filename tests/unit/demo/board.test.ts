import { boardLine, boardLines } from '../../../demo/board.ts';
import { duration, inWidth, paintIn, widthOf } from '../../../demo/paint.ts';
import { Story } from '../../../demo/story.ts';
import type { BoardView } from '../../../lib/desk/insight/board-view.ts';

const NOW = '2026-01-05T08:00:00.000Z';
const exactly = (count: number) => ({ count, more: false });

const executor = (name: string, given: Partial<BoardView['executors'][number]> = {}) => ({
  executorId: `usr_${name}`,
  name,
  homeDeskId: 'main',
  presence: 'online' as const,
  open: 0,
  openUrgent: 0,
  waitingClient: 0,
  lastBeatAt: NOW,
  version: 1,
  ...given,
});

const view: BoardView = {
  deskId: 'main',
  name: 'Main desk',
  at: NOW,
  lines: [
    { line: 'orphaned', waiting: exactly(0), head: null, headWaitSec: null },
    { line: 'urgent', waiting: exactly(3), head: null, headWaitSec: 4.2 },
    { line: 'new', waiting: { count: 100, more: true }, head: null, headWaitSec: 290 },
  ],
  roster: { all: exactly(1), ordinary: exactly(0), full: exactly(1), suspect: exactly(1) },
  executors: [
    executor('Boris', { open: 3, openUrgent: 1 }),
    executor('Anna', { open: 1, waitingClient: 2 }),
    executor('Chiara', { presence: 'suspect' }),
    executor('Gone', { presence: 'offline' }),
  ],
  limits: { version: 1, values: { maxTicketsPerExecutor: 3, maxWaitSec: 300, maxUrgentWaitSec: 60 } },
  decisions: [
    { at: NOW, ticketId: 'tkt_12345', executorId: 'usr_Anna', rule: 'plan', number: 7, overCap: false },
    { at: NOW, ticketId: 'tkt_67890', executorId: 'usr_Boris', rule: 'manual', number: null, overCap: true },
  ],
  alerts: [
    { kind: 'overdue', at: NOW, ticketId: 'tkt_99999', line: 'urgent', urgent: true, waitingSince: NOW },
  ],
  fairness: { executors: 2, assignments: 8, jain: 0.999, spread: 1 },
};

const drawn = (colour: boolean, columns = 100, rows = 40) =>
  boardLines({ view, story: new Story(), columns, rows, paint: paintIn(colour) });

describe('the text board', () => {
  test('shows lines, executors with their loads, decisions, alerts and fairness', () => {
    const text = drawn(false).join('\n');
    expect(text).toContain('100+');
    expect(text).toContain('▓▓▓ 3/3');
    expect(text).toContain('▓░░ 1/3 +2 parked');
    expect(text).toContain('Chiara     ░░░ 0/3 suspect');
    expect(text).not.toContain('Gone');
    expect(text).toContain('#7        …12345 → Anna');
    expect(text).toContain('manual    …67890 → Boris');
    expect(text).toContain('08:00:00 urgent …99999 is overdue');
    expect(text).toContain('Jain 0.999');
  });

  test('keeps within the terminal, in colour too, and has the same text with and without', () => {
    for (const [columns, rows] of [
      [72, 24],
      [100, 40],
      [200, 50],
    ] as const) {
      const lines = drawn(true, columns, rows);
      expect(lines.length).toBeLessThanOrEqual(rows);
      for (const line of lines)
        expect(widthOf(line)).toBeLessThanOrEqual(Math.max(72, Math.min(columns, 110)));
      expect(lines.map(widthOf)).toEqual(drawn(false, columns, rows).map(widthOf));
    }
  });

  test('has a form of one line for logs', () => {
    expect(boardLine({ view, story: new Story() })).toBe(
      '08:00:00  waiting: orphaned 0, urgent 3, new 100+ | 2 online (1 full), 1 suspect | 0 written, 0 closed | Jain 0.999',
    );
  });
});

test('texts are filled up or cut to a width, colours not counted', () => {
  const red = paintIn(true).red;
  expect([inWidth('ab', 4), inWidth('abcdef', 4), widthOf(inWidth(red('ab'), 4))]).toEqual([
    'ab  ',
    'abc…',
    4,
  ]);
  expect([duration(4.25), duration(59.9), duration(125)]).toEqual(['4.3 s', '59 s', '2 min 05 s']);
});
