import { type Misses, missesAfter } from '../../../lib/desk/timers/misses.ts';

/** Hands in the order in which tickets of them were missed; `accepted` ends a run. */
const lived = (story: readonly string[], missesUntilAway = 2): Misses => {
  const missed = new Set<string>();
  let misses: Misses = { running: 0, setsAway: false };
  for (const hand of story) {
    if (hand === 'accepted') {
      misses = { running: 0, setsAway: false };
      continue;
    }
    misses = missesAfter(misses.running, { handMissed: missed.has(hand), limits: { missesUntilAway } });
    missed.add(hand);
  }
  return misses;
};

test.each<{ story: string[]; running: number; setsAway: boolean; until?: number; why: string }>([
  { story: ['a'], running: 1, setsAway: false, why: 'one missed ticket' },
  { story: ['a', 'b'], running: 2, setsAway: true, why: 'two missed tickets of two hands' },
  { story: ['a', 'a'], running: 1, setsAway: false, why: 'two tickets of one hand' },
  { story: ['a', 'a', 'a', 'a'], running: 1, setsAway: false, why: 'a whole hand' },
  { story: ['a', 'a', 'b'], running: 2, setsAway: true, why: 'a whole hand, then the next missed ticket' },
  { story: ['a', 'b', 'a'], running: 2, setsAway: true, why: 'the rest of the first hand after the second' },
  { story: ['a', 'accepted', 'b'], running: 1, setsAway: false, why: 'something accepted in between' },
  { story: ['a', 'accepted', 'a'], running: 0, setsAway: false, why: 'the rest of a hand that has counted' },
  { story: ['a'], running: 1, setsAway: true, until: 1, why: 'one miss is enough' },
  { story: ['a', 'b'], running: 2, setsAway: false, until: 3, why: 'three are needed' },
  {
    story: ['a', 'b', 'c'],
    running: 3,
    setsAway: true,
    until: 3,
    why: 'three are needed, and there are three',
  },
])('R-DESK-09 misses running: $why', ({ story, running, setsAway, until }) => {
  expect(lived(story, until)).toEqual({ running, setsAway });
});
