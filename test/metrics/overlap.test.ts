import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlapToday } from '../../src/metrics/overlap.js';
import { territories, tinyProblem } from './tiny-problem.js';

const UNITS = 6;
const REPS = ['T1', 'T2', 'constructor', 'X'];
const rows = fc.array(
  fc.record({
    unit: fc.integer({ min: 0, max: UNITS - 1 }),
    today: fc.integer({ min: -1, max: REPS.length - 1 }),
    activity: fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })),
  }),
  { minLength: 1, maxLength: 30 },
);

function problemOf(accounts: { unit: number; today: number; activity: number[] }[], weight: string | null = 'm0') {
  const load = (m: number) =>
    Array.from({ length: UNITS }, (_, u) => accounts.reduce((s, a) => s + (a.unit === u ? a.activity[m]! : 0), 0));
  return tinyProblem({
    activity: [load(0), load(1)],
    territories: territories(2),
    todayIds: REPS,
    today: new Array(UNITS).fill(-1),
    accounts,
    objective: { weight },
  });
}

describe('overlap', () => {
  it('matches a case worked by hand', () => {
    const problem = problemOf([
      { unit: 0, today: 0, activity: [4, 0] },
      { unit: 0, today: 1, activity: [1, 0] },
      { unit: 0, today: 1, activity: [2, 0] },
      { unit: 1, today: 0, activity: [3, 2] },
      { unit: 2, today: -1, activity: [10, 6] },
      { unit: 3, today: 1, activity: [0, 0] },
    ]);
    const overlap = overlapToday(problem)!;
    expect([...overlap.repsPerUnit]).toEqual([2, 1, 0, 1, 0, 0]);
    expect(overlap.unitShare).toBe(1 / 4);
    expect(overlap.accountShare).toBe(3 / 6);
    expect(overlap.activity).toEqual({ m0: 7 / 20, m1: 0 });
    // cells {0, 1} and {0, 3}; weights min 3, max 4 in cell 0, then 3 and 0
    expect(overlap.pairs).toEqual([{ a: 'T1', b: 'T2', cells: 1, jaccard: 1 / 3, weightedJaccard: 3 / 7 }]);
    expect(overlap.reps.map(({ travelKm: _, ...rep }) => rep)).toEqual([
      { id: 'T1', accounts: 2, units: 2, activity: { m0: 7, m1: 2 }, deviation: { m0: 7 / 5 - 1, m1: 1 } },
      { id: 'T2', accounts: 3, units: 2, activity: { m0: 3, m1: 0 }, deviation: { m0: 3 / 5 - 1, m1: -1 } },
    ]);
  });

  it('counts pairs as a naive count does', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom('m0', null), (accounts, weight) => {
        const overlap = overlapToday(problemOf(accounts, weight))!;
        const weightIn = (rep: number, unit: number) =>
          accounts.reduce(
            (s, a) => (a.today === rep && a.unit === unit ? s + (weight === null ? 1 : a.activity[0]) : s),
            0,
          );
        const cellsOf = (rep: number) => new Set(accounts.filter((a) => a.today === rep).map((a) => a.unit));
        const expected = [];
        for (let a = 0; a < REPS.length; a++) {
          for (let b = a + 1; b < REPS.length; b++) {
            const cells = [...cellsOf(a)].filter((u) => cellsOf(b).has(u)).length;
            if (cells === 0) continue;
            let min = 0;
            let max = 0;
            for (let u = 0; u < UNITS; u++) {
              min += Math.min(weightIn(a, u), weightIn(b, u));
              max += Math.max(weightIn(a, u), weightIn(b, u));
            }
            const jaccard = cells / new Set([...cellsOf(a), ...cellsOf(b)]).size;
            expected.push({ a: REPS[a]!, b: REPS[b]!, cells, jaccard, weightedJaccard: max > 0 ? min / max : 0 });
          }
        }
        // sort is stable, so equal counts stay in order of their reps
        expect(overlap.pairs).toEqual(expected.sort((p, q) => q.cells - p.cells));
        for (let u = 0; u < UNITS; u++) {
          expect(overlap.repsPerUnit[u]).toBe(REPS.filter((_, r) => cellsOf(r).has(u)).length);
        }
      }),
    );
  });

  it('has reps that hold every served account exactly once', () => {
    fc.assert(
      fc.property(rows, (accounts) => {
        const { reps } = overlapToday(problemOf(accounts))!;
        const served = accounts.filter((a) => a.today >= 0);
        expect(reps.reduce((sum, rep) => sum + rep.accounts, 0)).toBe(served.length);
        expect(reps.reduce((sum, rep) => sum + rep.activity.m1!, 0)).toBe(
          served.reduce((s, a) => s + a.activity[1], 0),
        );
        expect(reps.every((rep) => rep.accounts > 0)).toBe(true);
        const deviations = reps.reduce((sum, rep) => sum + rep.deviation.m0!, 0);
        expect(Math.abs(deviations)).toBeLessThan(1e-9);
      }),
    );
  });

  it('does not depend on the order of the accounts', () => {
    fc.assert(
      fc.property(rows, (accounts) => {
        const reversed = [...accounts].reverse();
        expect(overlapToday(problemOf(reversed))).toEqual(overlapToday(problemOf(accounts)));
      }),
    );
  });

  it('is absent without accounts or without today’s plan', () => {
    expect(overlapToday(tinyProblem({ activity: [[1]], territories: territories(1), today: [0] }))).toBeNull();
    const fresh = tinyProblem({ activity: [[1]], territories: territories(1), accounts: [{ unit: 0, activity: [1] }] });
    expect(overlapToday(fresh)).toBeNull();
  });
});
