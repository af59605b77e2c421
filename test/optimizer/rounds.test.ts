import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parentOf, planRounds, splitMoves } from '../../src/optimizer/rounds.js';

const starts = fc.integer({ min: 1, max: 1024 });
const lanes = fc.integer({ min: 1, max: 64 });

describe('rounds of a search', () => {
  it('give every run a number of its own, starts first, and divide the limits whole', () => {
    fc.assert(
      fc.property(starts, lanes, fc.boolean(), (count, workers, timed) => {
        const rounds = planRounds(count, workers, timed);
        const numbers = rounds.flatMap(({ runs, firstIndex }) =>
          Array.from({ length: runs }, (_, i) => firstIndex + i),
        );
        expect(new Set(numbers).size).toBe(numbers.length);
        expect(numbers.slice(0, count)).toEqual(Array.from({ length: count }, (_, i) => i));
        expect(rounds.reduce((sum, { share }) => sum + share, 0)).toBe(1);
      }),
    );
  });

  it('do not follow the number of workers unless time is what ends them', () => {
    fc.assert(
      fc.property(starts, lanes, (count, workers) => {
        expect(planRounds(count, workers, false)).toEqual(planRounds(count, 1, false));
      }),
    );
  });

  it('leave a single start alone', () => {
    expect(planRounds(1, 4, false)).toEqual([{ runs: 1, firstIndex: 0, share: 1 }]);
  });

  it('spend all moves and no more', () => {
    fc.assert(
      fc.property(starts, fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (count, limit) => {
        const moves = splitMoves(limit, planRounds(count, 1, false));
        expect(moves.reduce((sum, x) => sum + x, 0)).toBe(limit);
        expect(Math.min(...moves)).toBeGreaterThanOrEqual(0);
        expect(moves[0]).toBeGreaterThan(0);
      }),
    );
    expect(splitMoves(Infinity, planRounds(3, 1, true))).toEqual([Infinity, Infinity, Infinity]);
  });
});

describe('the parents of a round', () => {
  it('are the better half, twice each, or whatever there is', () => {
    const chosen = (plans: readonly string[], runs: number) =>
      Array.from({ length: runs }, (_, i) => parentOf(plans, i));
    expect(chosen(['a', 'b', 'c', 'd'], 4)).toEqual(['a', 'a', 'b', 'b']);
    expect(chosen(['a', 'b', 'c'], 3)).toEqual(['a', 'a', 'b']);
    expect(chosen(['a', 'b'], 1)).toEqual(['a']);
    expect(chosen(['a'], 4)).toEqual(['a', 'a', 'a', 'a']);
  });
});
