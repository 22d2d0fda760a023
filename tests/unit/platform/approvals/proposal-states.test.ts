import fc from 'fast-check';
import {
  type Holders,
  PROPOSAL_STATES,
  type Proposal,
  type ProposalState,
} from '../../../../lib/platform/approvals/model.ts';
import {
  canonical,
  type Decision,
  decided,
  digestOf,
  evaluateDecision,
  FORMER_SEC,
  holdersWith,
  isAlone,
  moves,
  OPEN_SEC,
  stateAt,
  stillHeld,
} from '../../../../lib/platform/approvals/proposal-states.ts';
import { plusSeconds } from '../../../../lib/platform/clock.ts';

const NOW = '2026-03-02T07:00:00.000Z';
const SAID = { kind: 'user.roles-changed', subject: 'user/usr_target', inputs: '{"a":1}' };
const aProposal = (more: Partial<Proposal> = {}): Proposal => ({
  ...SAID,
  id: 'prp_1',
  role: 'admin',
  proposerId: 'maker',
  proposerHeld: true,
  digest: digestOf(SAID),
  parties: ['target'],
  proposedAt: NOW,
  expiresAt: plusSeconds(NOW, OPEN_SEC),
  state: 'proposed',
  version: 1,
  ...more,
});
const acts = ['approve', 'reject', 'withdraw'] as const;
const people = ['maker', 'target', 'other', 'third'] as const;
const decisions: fc.Arbitrary<Decision> = fc.record({
  act: fc.constantFrom(...acts),
  by: fc.constantFrom(...people),
  now: fc.integer({ min: 0, max: OPEN_SEC * 2 }).map((sec) => plusSeconds(NOW, sec)),
  digest: fc.constantFrom(digestOf(SAID), 'another'),
});

test('R-AUTH-08 the table of states has one beginning, and everything else is an end, one of them by the time alone', () => {
  expect(Object.keys(moves).toSorted()).toEqual([...PROPOSAL_STATES].toSorted());
  const ends = PROPOSAL_STATES.filter((state) => Object.keys(moves[state]).length === 0);
  expect(ends).toEqual(['approved', 'rejected', 'withdrawn', 'expired']);
  expect([...Object.values(moves.proposed), 'expired'].toSorted()).toEqual([...ends].toSorted());
});

test('R-AUTH-08 whatever is done in whatever order, a proposal is decided once, in time, and never by whom it must not be', () => {
  fc.assert(
    fc.property(fc.array(decisions, { maxLength: 12 }), (all) => {
      let proposal = aProposal();
      const ends: ProposalState[] = [];
      for (const decision of all.toSorted((a, b) => a.now.localeCompare(b.now))) {
        const verdict = evaluateDecision(proposal, decision);
        if (verdict.kind !== 'moves') continue;
        proposal = decided(proposal, { to: verdict.to, by: decision.by, now: decision.now });
        ends.push(verdict.to);
        expect(decision.now < proposal.expiresAt).toBe(true);
        expect(decision.by === 'maker').toBe(verdict.to === 'withdrawn');
        expect(decision.by).not.toBe('target');
        if (verdict.to === 'approved') expect(decision.digest).toBe(proposal.digest);
      }
      expect(ends.length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 1000 },
  );
});

test('R-AUTH-08 a repeat of one’s own decision is done already, in any state and for nobody else', () => {
  fc.assert(
    fc.property(decisions, decisions, (first, again) => {
      const verdict = evaluateDecision(aProposal(), first);
      fc.pre(verdict.kind === 'moves');
      const after = decided(aProposal(), { to: verdict.to, by: first.by, now: first.now });
      const repeat = evaluateDecision(after, { ...again, act: first.act });
      if (again.by === first.by) expect(repeat).toEqual({ kind: 'done' });
      else expect(repeat.kind).toBe('refused');
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['approve', 'maker', 'own-case'],
  ['approve', 'target', 'own-case'],
  ['reject', 'maker', 'own-case'],
  ['reject', 'target', 'own-case'],
  ['withdraw', 'other', 'not-the-proposer'],
  ['withdraw', 'target', 'not-the-proposer'],
] as const)('R-AUTH-08 to %s is refused to %s: %s', (act, by, code) => {
  const decision = { act, by, now: NOW, digest: digestOf(SAID) };
  expect(evaluateDecision(aProposal(), decision)).toEqual({ kind: 'refused', code });
});

test('R-AUTH-08 the last moment is before the seventh day is over', () => {
  const at = (sec: number): Decision => ({
    act: 'approve',
    by: 'other',
    now: plusSeconds(NOW, sec),
    digest: digestOf(SAID),
  });
  expect(evaluateDecision(aProposal(), at(OPEN_SEC - 1)).kind).toBe('moves');
  expect(evaluateDecision(aProposal(), at(OPEN_SEC))).toEqual({ kind: 'refused', code: 'proposal-expired' });
  expect(stateAt(aProposal(), plusSeconds(NOW, OPEN_SEC))).toBe('expired');
});

const names = fc.constantFrom('a', 'b', 'c');
const steps = fc.array(
  fc.record({ ids: fc.uniqueArray(names), afterSec: fc.integer({ min: 0, max: FORMER_SEC }) }),
  { minLength: 1, maxLength: 8 },
);

test('R-AUTH-08 nobody is alone in a role by making others leave it, for a week', () => {
  fc.assert(
    fc.property(steps, names, (all, me) => {
      let now = NOW;
      let holders: Holders = { ids: [], version: 0 };
      const lastSeen = new Map<string, string>();
      for (const { ids, afterSec } of all) {
        for (const id of holders.ids) lastSeen.set(id, plusSeconds(now, afterSec));
        now = plusSeconds(now, afterSec);
        holders = holdersWith(holders, ids, now);
        for (const id of ids) lastSeen.set(id, now);
        const others = [...lastSeen].filter(
          ([id, at]) => id !== me && (ids.some((each) => each === id) || plusSeconds(at, FORMER_SEC) > now),
        );
        expect(isAlone(holders, me, now)).toBe(others.length === 0);
      }
    }),
    { numRuns: 500 },
  );
});

test('R-AUTH-08 a proposal of somebody who lost the role is no longer one of the role’s; an issuer’s own stays', () => {
  expect(stillHeld(aProposal(), { ids: ['maker'] })).toBe(true);
  expect(stillHeld(aProposal(), { ids: ['other'] })).toBe(false);
  expect(stillHeld(aProposal({ proposerHeld: false }), { ids: ['other'] })).toBe(true);
});

test('R-AUTH-08 the same inputs have one digest whatever their order, others another', () => {
  const inputs = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 5 });
  const shuffled = (value: unknown): unknown =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .map(([k, v]) => [k, shuffled(v)] as const)
            .toReversed(),
        )
      : value;
  fc.assert(
    fc.property(inputs, inputs, (one, other) => {
      expect(canonical(shuffled(one) as object)).toBe(canonical(one));
      const same =
        JSON.stringify(JSON.parse(canonical(one))) === JSON.stringify(JSON.parse(canonical(other)));
      const digest = (each: object) => digestOf({ ...SAID, inputs: canonical(each) });
      expect(digest(one) === digest(other)).toBe(same);
    }),
    { numRuns: 300 },
  );
});
