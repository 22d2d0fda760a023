import { type Ticket, type TicketState, ticketStates } from '../../../lib/desk/model.ts';
import { type Action, actions, evaluateAction } from '../../../lib/desk/tickets/action-table.ts';
import type { Role } from '../../../lib/platform/caller.ts';

const AT = '2026-01-05T08:00:00.000Z';
const HOLDER = { id: 'usr_holder', epoch: 4 };

/** A ticket as it is in each state, once in `usr_former`'s hand. */
const ticketIn = (state: TicketState): Ticket => {
  const waiting = state === 'waiting';
  return {
    id: 'tkt_1',
    deskId: 'main',
    clientId: 'usr_client',
    state,
    urgent: false,
    promoted: false,
    orderedAt: AT,
    heldBy: waiting ? ['usr_former'] : ['usr_former', HOLDER.id],
    passedOver: {},
    createdAt: AT,
    version: 7,
    ...(waiting ? { line: 'new', waitingSince: AT } : { executorId: HOLDER.id, leaseEpoch: HOLDER.epoch }),
  };
};

/** Everyone who can come to a ticket. `fenced` holds it by record, but their epoch has moved on since. */
const people = {
  client: { id: 'usr_client', roles: ['client'] },
  'other client': { id: 'usr_stranger', roles: ['client'] },
  holder: { id: HOLDER.id, roles: ['executor'] },
  fenced: { id: HOLDER.id, roles: ['executor'] },
  'former holder': { id: 'usr_former', roles: ['executor'] },
  'other executor': { id: 'usr_stranger', roles: ['executor'] },
  manager: { id: 'usr_manager', roles: ['manager'] },
  'managing holder': { id: HOLDER.id, roles: ['executor', 'manager'] },
  'managing former holder': { id: 'usr_former', roles: ['executor', 'manager'] },
  'holder without the role': { id: HOLDER.id, roles: ['worker'] },
  admin: { id: 'usr_admin', roles: ['admin'] },
} satisfies Record<string, { id: string; roles: Role[] }>;
type Who = keyof typeof people;

/**
 * What comes of it, per state in the order waiting, assigned, accepted, waitingClient, closed:
 * C, E, M allowed as client, executor, manager; `4` not found, `m` moved, `c` closed, `s` not in this state.
 */
const expected: Record<Action, Record<Who, string>> = {
  accept: {
    client: '44444',
    'other client': '44444',
    holder: '4EEsc',
    fenced: '4mmsc',
    'former holder': 'mmmmm',
    'other executor': '44444',
    manager: '44444',
    'managing holder': '4EEsc',
    'managing former holder': 'mmmmm',
    'holder without the role': '44444',
    admin: '44444',
  },
  decline: {
    client: '44444',
    'other client': '44444',
    holder: '4EEsc',
    fenced: '4mmsc',
    'former holder': 'mmmmm',
    'other executor': '44444',
    manager: '44444',
    'managing holder': '4EEsc',
    'managing former holder': 'mmmmm',
    'holder without the role': '44444',
    admin: '44444',
  },
  reply: {
    client: '44444',
    'other client': '44444',
    holder: '4EEEc',
    fenced: '4mmEc',
    'former holder': 'mmmmm',
    'other executor': '44444',
    manager: 'MMMMc',
    'managing holder': 'MEEEc',
    'managing former holder': 'MMMMc',
    'holder without the role': '44444',
    admin: '44444',
  },
  note: {
    client: '44444',
    'other client': '44444',
    holder: '4EEEc',
    fenced: '4mmEc',
    'former holder': 'mmmmm',
    'other executor': '44444',
    manager: 'MMMMc',
    'managing holder': 'MEEEc',
    'managing former holder': 'MMMMc',
    'holder without the role': '44444',
    admin: '44444',
  },
  transfer: {
    client: '44444',
    'other client': '44444',
    holder: '4EEEc',
    fenced: '4mmEc',
    'former holder': 'mmmmm',
    'other executor': '44444',
    manager: 'MMMMc',
    'managing holder': 'MEEEc',
    'managing former holder': 'MMMMc',
    'holder without the role': '44444',
    admin: '44444',
  },
  park: {
    client: '44444',
    'other client': '44444',
    holder: '4sEEc',
    fenced: '4mmEc',
    'former holder': 'mmmmm',
    'other executor': '44444',
    manager: '44444',
    'managing holder': '4sEEc',
    'managing former holder': 'mmmmm',
    'holder without the role': '44444',
    admin: '44444',
  },
  urgency: {
    client: '44444',
    'other client': '44444',
    holder: '4EEEc',
    fenced: '4mmEc',
    'former holder': 'mmmmm',
    'other executor': '44444',
    manager: 'MMMMc',
    'managing holder': 'MEEEc',
    'managing former holder': 'MMMMc',
    'holder without the role': '44444',
    admin: '44444',
  },
  close: {
    client: 'CCCCc',
    'other client': '44444',
    holder: '4EEEc',
    fenced: '4mmEc',
    'former holder': 'mmmmm',
    'other executor': '44444',
    manager: 'MMMMc',
    'managing holder': 'MEEEc',
    'managing former holder': 'MMMMc',
    'holder without the role': '44444',
    admin: '44444',
  },
  assign: {
    client: '44444',
    'other client': '44444',
    holder: '44444',
    fenced: '44444',
    'former holder': '44444',
    'other executor': '44444',
    manager: 'MMMMc',
    'managing holder': 'MMMMc',
    'managing former holder': 'MMMMc',
    'holder without the role': '44444',
    admin: '44444',
  },
};

const expectedOf = (action: Action, who: Who, state: TicketState): string => {
  const ticket = ticketIn(state);
  const epoch = who === 'fenced' ? HOLDER.epoch + 1 : HOLDER.epoch;
  const holder = ticket.executorId ? { ...HOLDER, epoch } : undefined;
  const verdict = evaluateAction(action, { ticket, holder, user: people[who] });
  if (verdict.kind === 'allowed') return verdict.as.charAt(0).toUpperCase();
  return { missing: '4', moved: 'm', closed: 'c', state: 's' }[verdict.kind];
};

describe('who may do what to a ticket in which state', () => {
  const cases = actions.flatMap((action) =>
    (Object.keys(people) as Who[]).map((who) => [action, who] as const),
  );

  test.each(cases)('R-DESK-10 %s by %s', (action, who) => {
    const got = ticketStates.map((state) => expectedOf(action, who, state)).join('');
    expect(got).toBe(expected[action][who]);
  });

  test('R-DESK-10 a client who is an executor too closes their own ticket as its client', () => {
    const user = { id: 'usr_client', roles: ['client', 'executor', 'manager'] as Role[] };
    expect(evaluateAction('close', { ticket: ticketIn('waiting'), holder: undefined, user })).toEqual({
      kind: 'allowed',
      as: 'client',
    });
  });
});
