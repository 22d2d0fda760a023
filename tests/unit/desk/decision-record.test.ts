import { createHash } from 'node:crypto';
import {
  packedRecord,
  recordDictionary,
  unpackedRecord,
} from '../../../lib/desk/dispatch/decision-repository.ts';

const record = {
  input: {
    at: '2026-11-23T08:00:00.000Z',
    firstNumber: 12,
    dealAtMost: 40,
    limits: {
      version: 3,
      maxTicketsPerExecutor: 5,
      maxUrgentTicketsPerExecutor: 2,
      staleAfterMs: 30_000,
    },
    tickets: [
      {
        ticketId: 'tkt_019ab000-0000-7000-8000-000000000001',
        line: 'orphaned',
        urgent: true,
        orderedAt: '2026-11-23T07:59:00.000Z',
        passedOver: { 'usr_019ab000-0000-7000-8000-00000000000a': '2026-11-23T08:04:00.000Z' },
      },
    ],
    executors: [
      {
        executorId: 'usr_019ab000-0000-7000-8000-00000000000b',
        rank: 7,
        presence: 'online',
        lastBeatAt: '2026-11-23T07:59:55.000Z',
        open: 1,
        openUrgent: 0,
      },
    ],
  },
  others: { offline: { count: 100, more: true } },
} as const;

/** As the first release packs it: stored decisions hold such bytes for as long as their tickets. */
const GOLDEN =
  'ASM7noyIihljesdMYpKBgYEuSKmuOYiwgHGhwBARdTgSPJbog4aHuZWpJVJ4YM1NhOxPxAxjE7iZRCYLQnYkwdONObHpBtmHpqYwH0KSkiF6Uoqt1VFC' +
  'KrkIFkO1tQA=';

describe('the packed record of a decision', () => {
  test('R-DESK-11 its dictionary is exactly the released one', () => {
    const hash = createHash('sha256').update(recordDictionary).digest('hex');
    expect(hash).toBe('589efa82618d0f94bbea75a9c56adfad65a119b538baead3a93c5216d7649be7');
  });

  test('R-DESK-11 bytes that the first release stored are read as they were meant', () => {
    expect(unpackedRecord(Buffer.from(GOLDEN, 'base64'))).toEqual(record);
  });

  test('R-DESK-11 what is packed now says its version and is read again', () => {
    const bytes = packedRecord(record);
    expect(bytes[0]).toBe(1);
    expect(unpackedRecord(bytes)).toEqual(record);
  });

  test.each([0, 2, 255])('R-DESK-11 bytes of version %i are refused and not guessed at', (version) => {
    const bytes = Buffer.concat([Buffer.of(version), packedRecord(record).subarray(1)]);
    expect(() => unpackedRecord(bytes)).toThrow(`version ${version}`);
  });
});
