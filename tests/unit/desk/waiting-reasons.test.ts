import { explainTicket, SHOWN_CANDIDATES } from '../../../lib/desk/dispatch/plan-assignments.ts';
import { explainWaiting, tallyExcluded } from '../../../lib/desk/insight/waiting-reasons.ts';
import { instant } from '../../../lib/platform/clock.ts';
import { NOW_MS, planExecutor, planInput, planLimits, planTicket } from './plan-arbitraries.ts';

const ago = (sec: number) => instant(NOW_MS - sec * 1000);
const exactly = (count: number) => ({ count, more: false });

describe('who was out of question', () => {
  test('R-DESK-11 counts those the planner was given and those it was not, by one reason each', () => {
    const others = {
      full: exactly(3),
      away: { count: 9, more: true },
      draining: exactly(1),
      suspect: exactly(2),
    };
    expect(tallyExcluded({ cap: 2, away: 1, declined: 4 }, { ...others, offline: exactly(7) })).toEqual({
      cap: exactly(5),
      away: { count: 10, more: true },
      declined: exactly(4),
      draining: exactly(1),
      suspect: exactly(2),
      offline: exactly(7),
    });
  });

  test('R-DESK-11 once a count is a lower bound, the sum is one', () => {
    expect(tallyExcluded({}, { full: { count: 1, more: true } })).toEqual({ cap: { count: 1, more: true } });
  });

  test('R-DESK-11 those with room were not looked at, and are not out of question', () => {
    expect(tallyExcluded({}, { all: exactly(5), ordinary: exactly(6), unheard: exactly(7) })).toEqual({});
  });
});

describe('why a ticket still waits', () => {
  const mine = planTicket({ ticketId: 'tkt_mine', orderedAt: ago(10) });
  const earlier = planTicket({ ticketId: 'tkt_earlier', orderedAt: ago(20) });
  const later = planTicket({ ticketId: 'tkt_later', orderedAt: ago(5) });
  const one = [planExecutor('usr_a', { open: 4 })];
  const ruleOf = (given: Parameters<typeof planInput>[0]) => explainWaiting(planInput(given), mine)?.rule;

  test('R-DESK-11 the dispatcher is at it when it would be handed out now', () => {
    expect(ruleOf({ tickets: [mine], executors: one })).toBe('being-assigned');
    expect(ruleOf({ tickets: [later, mine], executors: one })).toBe('being-assigned');
  });

  test('R-DESK-11 others come first when they take the last room', () => {
    expect(ruleOf({ tickets: [earlier, mine], executors: one })).toBe('others-first');
  });

  test('R-DESK-11 nobody has room when it would not help to stand in front', () => {
    const full = [planExecutor('usr_a', { open: 5 })];
    expect(ruleOf({ tickets: [earlier, mine], executors: full })).toBe('nobody-has-room');
  });

  test('R-DESK-11 nobody is there when no executor is', () => {
    expect(ruleOf({ tickets: [mine] })).toBe('nobody-there');
  });

  const passedOver = { ...mine, passedOver: { usr_a: instant(NOW_MS + 1000), usr_b: instant(NOW_MS + 1) } };

  test.each([
    { why: 'offline', executors: [planExecutor('usr_a', { presence: 'offline' })], rule: 'nobody-there' },
    {
      why: 'away and draining',
      rule: 'nobody-there',
      executors: [
        planExecutor('usr_a', { presence: 'away' }),
        planExecutor('usr_b', { presence: 'draining' }),
      ],
    },
    {
      why: 'online and silent',
      rule: 'nobody-there',
      executors: [planExecutor('usr_a', { lastBeatAt: ago(3600) })],
    },
    {
      why: 'full, beside the absent',
      rule: 'nobody-has-room',
      executors: [planExecutor('usr_a', { presence: 'offline' }), planExecutor('usr_c', { open: 5 })],
    },
    {
      why: 'passed over, beside the absent',
      rule: 'all-passed-over',
      executors: [
        planExecutor('usr_a'),
        planExecutor('usr_b'),
        planExecutor('usr_c', { presence: 'suspect' }),
      ],
    },
    {
      why: 'passed over or full',
      rule: 'nobody-has-room',
      executors: [planExecutor('usr_a'), planExecutor('usr_c', { open: 5 })],
    },
  ])('R-DESK-11 with everybody $why it is $rule', ({ executors, rule }) => {
    expect(explainWaiting(planInput({ tickets: [passedOver], executors }), passedOver)?.rule).toBe(rule);
  });

  test('R-DESK-11 those who could have taken it come first, the absent last, however long ago they were assigned', () => {
    const absent = Array.from({ length: SHOWN_CANDIDATES }, (_, rank) =>
      planExecutor(`usr_gone_${rank}`, { rank, presence: 'offline' }),
    );
    const executors = [
      ...absent,
      planExecutor('usr_away', { rank: 30, presence: 'away' }),
      planExecutor('usr_b', { rank: 31 }),
      planExecutor('usr_full', { rank: 32, open: 5 }),
      planExecutor('usr_free', { rank: 33 }),
    ];
    const told = explainTicket(planInput({ tickets: [passedOver], executors }), mine.ticketId);
    expect(told?.candidates.slice(0, 5).map(({ executorId }) => executorId)).toEqual([
      'usr_free',
      'usr_full',
      'usr_b',
      'usr_away',
      'usr_gone_0',
    ]);
  });

  test('R-DESK-11 a ticket that was not among those read is put where it belongs', () => {
    const roomy = [planExecutor('usr_a')];
    // Between what was read and it there may be more.
    expect(ruleOf({ tickets: [earlier], executors: roomy })).toBe('others-first');
    expect(ruleOf({ tickets: [earlier, later], executors: roomy })).toBe('others-first');
    expect(ruleOf({ tickets: [later], executors: roomy })).toBe('being-assigned');
    expect(ruleOf({ tickets: [earlier, mine], executors: roomy })).toBe('being-assigned');
    expect(ruleOf({ tickets: [earlier], executors: one })).toBe('others-first');
  });

  test('R-DESK-11 tells the executor it would go to and who could not have it', () => {
    const executors = [
      planExecutor('usr_b', { rank: 2 }),
      planExecutor('usr_a', { rank: 1, presence: 'away' }),
    ];
    expect(explainWaiting(planInput({ tickets: [mine], executors, firstNumber: 8 }), mine)).toEqual({
      rule: 'being-assigned',
      explanation: {
        line: 'new',
        rule: 'assigned-longest-ago',
        executorId: 'usr_b',
        number: 8,
        excluded: { away: 1 },
        candidates: [
          { executorId: 'usr_b', rank: 2, open: 0, openUrgent: 0 },
          { executorId: 'usr_a', rank: 1, open: 0, openUrgent: 0, excluded: 'away' },
        ],
      },
    });
  });
});

describe('a decision told', () => {
  const ticket = planTicket({ urgent: true, passedOver: { usr_d: instant(NOW_MS + 1) } });
  const second = planTicket();

  test('R-DESK-11 names each reason, and the rotation as it stood then', () => {
    const executors = [
      planExecutor('usr_a', { open: 5 }),
      planExecutor('usr_b', { open: 2, openUrgent: 2 }),
      planExecutor('usr_c', { lastBeatAt: instant(NOW_MS - 30_000) }),
      planExecutor('usr_d'),
      planExecutor('usr_e', { rank: 9, open: 4, openUrgent: 1 }),
    ];
    const input = planInput({ tickets: [second, ticket], executors, firstNumber: 40, dealAtMost: 1 });
    expect(explainTicket(input, ticket.ticketId)).toMatchObject({
      line: 'urgent',
      executorId: 'usr_e',
      number: 40,
      excluded: { cap: 1, urgentCap: 1, suspect: 1, declined: 1 },
    });
    const next = explainTicket(input, second.ticketId);
    expect(next).toMatchObject({ executorId: 'usr_b', number: 41, excluded: { cap: 2, suspect: 1 } });
    // Whoever was dealt one stands at the end of the rotation; behind come those who were passed over or not there.
    expect(next?.candidates.filter(({ excluded }) => excluded === 'cap').at(-1)).toEqual({
      executorId: 'usr_e',
      rank: 40,
      open: 5,
      openUrgent: 2,
      excluded: 'cap',
    });
  });

  test('R-DESK-11 who was dealt their share of a plan is named so', () => {
    const tickets = [planTicket({ ticketId: 'tkt_a' }), planTicket({ ticketId: 'tkt_b' })];
    const input = planInput({ tickets, executors: [planExecutor('usr_a')], dealAtMost: 1 });
    expect(explainTicket(input, 'tkt_b')).toMatchObject({ rule: 'nobody-has-room', excluded: { dealt: 1 } });
  });

  test('R-DESK-11 shows the first twenty in turn, and counts all', () => {
    const executors = Array.from({ length: SHOWN_CANDIDATES + 5 }, (_, index) =>
      planExecutor(`usr_${index}`, { rank: index, open: 5 }),
    );
    const told = explainTicket(planInput({ tickets: [second], executors }), second.ticketId);
    expect(told?.candidates.map(({ rank }) => rank)).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(told).toMatchObject({ rule: 'nobody-has-room', excluded: { cap: 25 } });
  });

  test('R-DESK-11 a ticket that the plan was not given has no explanation', () => {
    expect(
      explainTicket(planInput({ tickets: [second], limits: planLimits() }), 'tkt_other'),
    ).toBeUndefined();
  });
});
