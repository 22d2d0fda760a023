import { type SmsState, smsStates } from '../../../lib/sms/model.ts';
import {
  givesBack,
  isFinal,
  isHeld,
  mayMove,
  nextStates,
  reportMoves,
  stateRank,
} from '../../../lib/sms/states.ts';

const LIFE: Readonly<Record<SmsState, string>> = {
  registered: 'checked cancelled expired',
  checked: 'deferred denied queued cancelled expired',
  deferred: 'deferred queued denied cancelled expired',
  queued: 'sending deferred denied rejected failed cancelled expired',
  sending: 'queued sent unknown delivered read rejected failed expired cancelled',
  unknown: 'sent delivered read rejected failed expired cancelled',
  sent: 'delivered read rejected failed expired cancelled',
  delivered: 'read',
  read: '',
  denied: '',
  failed: '',
  expired: '',
  rejected: '',
  cancelled: '',
};

test.each(smsStates)('R-SMS-02 from %s exactly the moves of the table', (from) => {
  const allowed = LIFE[from].split(' ').filter(Boolean);
  for (const to of smsStates) expect([from, to, mayMove(from, to)]).toEqual([from, to, allowed.includes(to)]);
});

test('R-SMS-02 reports move only forward: to a higher rank, never out of an end', () => {
  for (const from of smsStates) {
    for (const to of smsStates) {
      if (!reportMoves(from, to)) continue;
      expect(stateRank[to]).toBeGreaterThan(stateRank[from]);
      expect(nextStates[from]).toContain(to);
    }
  }
  expect(reportMoves('delivered', 'sent')).toBe(false);
  expect(reportMoves('delivered', 'failed')).toBe(false);
  expect(reportMoves('delivered', 'read')).toBe(true);
  expect(reportMoves('unknown', 'sent')).toBe(true);
  expect(reportMoves('sending', 'queued')).toBe(false);
});

test('R-SMS-02 every state is held, under way or final', () => {
  expect(smsStates.filter(isHeld)).toEqual(
    ['registered', 'checked', 'deferred', 'denied', 'queued'].filter((state) => state !== 'denied'),
  );
  expect(smsStates.filter((state) => !isHeld(state) && !isFinal(state)).toSorted()).toEqual([
    'sending',
    'sent',
    'unknown',
  ]);
});

test('R-SMS-07 the count comes back where nothing reached the recipient for certain, and only there', () => {
  const back = smsStates.flatMap((from) =>
    smsStates.filter((to) => givesBack(from, to)).map((to) => `${from}→${to}`),
  );
  expect(back).toEqual([
    'deferred→denied',
    'deferred→expired',
    'deferred→cancelled',
    'queued→denied',
    'queued→failed',
    'queued→expired',
    'queued→rejected',
    'queued→cancelled',
    'sending→failed',
    'sending→expired',
    'sending→rejected',
    'sending→cancelled',
    'sent→cancelled',
    'unknown→rejected',
    'unknown→cancelled',
  ]);
  for (const move of back) {
    const [from, to] = move.split('→') as [SmsState, SmsState];
    expect(mayMove(from, to)).toBe(true);
  }
});
