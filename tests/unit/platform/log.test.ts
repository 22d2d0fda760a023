import { createLog } from '../../../lib/platform/log.ts';
import { count } from '../../../lib/platform/metrics.ts';

const logAt = (LOG_LEVEL?: string) => {
  const lines: string[] = [];
  const sink = { write: (line: string) => lines.push(line), nowMs: () => 0 };
  return { lines, log: createLog({ ...(LOG_LEVEL !== undefined && { LOG_LEVEL }) }, sink) };
};

describe('log', () => {
  test('writes one JSON line with level, time and fields', () => {
    const { lines, log } = logAt();
    log.info('hello\nworld', { count: 2 });
    expect(lines).toEqual([
      '{"level":"INFO","time":"1970-01-01T00:00:00.000Z","message":"hello\\nworld","count":2}',
    ]);
  });

  test.each([
    ['DEBUG', 4],
    ['INFO', 3],
    ['WARN', 2],
    ['ERROR', 1],
    ['SILENT', 0],
    ['nonsense', 3],
  ])('at %s lets %i of four levels through', (level, count) => {
    const { lines, log } = logAt(level);
    for (const write of [log.debug, log.info, log.warn, log.error]) write('x');
    expect(lines).toHaveLength(count);
  });

  test('keeps what it was given on every line', () => {
    const { lines, log } = logAt();
    log.with({ requestId: 'r1' }).with({ part: 'b' }).warn('x');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ requestId: 'r1', part: 'b' });
  });

  test('writes an error with its stack and its causes, even a circle of them', () => {
    const { lines, log } = logAt();
    const inner = new TypeError('inner');
    const outer = new Error('outer', { cause: inner });
    inner.cause = outer;
    log.error('x', { error: outer });
    expect(JSON.parse(lines[0] ?? '').error).toMatchObject({
      name: 'Error',
      message: 'outer',
      stack: expect.arrayContaining([expect.stringContaining('log.test')]),
      cause: { name: 'TypeError', message: 'inner' },
    });
  });

  test('writes a count in the embedded metric format, at every level but SILENT', () => {
    const { lines, log } = logAt('ERROR');
    count({ log }, 'CodeRefused', { reason: 'phone-hour' });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      CodeRefused: 1,
      reason: 'phone-hour',
      stage: 'unknown',
      _aws: {
        Timestamp: 0,
        CloudWatchMetrics: [
          {
            Namespace: 'Rotadesk',
            Dimensions: [['stage']],
            Metrics: [{ Name: 'CodeRefused', Unit: 'Count' }],
          },
        ],
      },
    });
    const silent = logAt('SILENT');
    count({ log: silent.log }, 'CodeRefused');
    expect(silent.lines).toEqual([]);
  });

  test('never throws on what it is given', () => {
    const { lines, log } = logAt();
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    log.info('x', { circle, big: 1n });
    expect(lines).toHaveLength(1);
  });

  test('masks a phone wherever it came along: in a message, a field, a key in an error', () => {
    const { lines, log } = logAt();
    log.with({ about: '+79161234567' }).error('no +79161234567', { error: new Error('PHONE#+79161234567') });
    expect(lines[0]).not.toContain('79161234567');
    expect(lines[0]?.match(/\+7916\*\*\*4567/g)).toHaveLength(3);
  });
});
