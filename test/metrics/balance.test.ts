import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  coefficientOfVariation,
  deviations,
  excesses,
  gini,
  jain,
  measureBalances,
  territoryLoads,
} from '../../src/metrics/balance.js';
import { territories, tinyProblem } from './tiny-problem.js';

const loads = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 12 });
const close = (actual: number, expected: number) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));

describe('balance', () => {
  it('adds up what each territory carries in each measure and skips unassigned units', () => {
    const problem = tinyProblem({
      activity: [
        [1, 2, 4, 8],
        [10, 0, 0, 5],
      ],
      territories: territories(2),
    });
    expect([...territoryLoads(problem, Int32Array.of(0, 1, 0, -1))]).toEqual([5, 2, 10, 0]);
  });

  it('gives deviation, excess and floor of a case worked by hand', () => {
    // total 20, targets 5 and 15; loads 8 and 12; bounds ±10 %: 4.5 … 5.5 and 13.5 … 16.5
    const problem = tinyProblem({
      activity: [[8, 2, 10]],
      territories: [
        { id: 'A', share: 1 },
        { id: 'B', share: 3 },
      ],
      tolerance: 0.1,
    });
    const sums = territoryLoads(problem, Int32Array.of(0, 1, 1));
    const deviation = deviations(problem, sums);
    close(deviation[0]!, 0.6);
    close(deviation[1]!, -0.2);
    const excess = excesses(problem, sums);
    close(excess[0]!, 2.5 / 5);
    close(excess[1]!, 1.5 / 15);
    const [balance] = measureBalances(problem, sums);
    close(balance!.maxDeviation, 0.6);
    close(balance!.beyondBound, 0.5);
    // ratios 1.6 and 0.8: mean 1.2, σ 0.4; Gini |1.6 − 0.8| · 2 / (2 · 4 · 1.2); Jain 2.4² / (2 (2.56 + 0.64))
    close(balance!.cv, 1 / 3);
    close(balance!.gini, 1 / 6);
    close(balance!.jain, 0.9);
    expect(balance!.floor).toBe(0);
  });

  it('reports the floor that a heavy unit sets and no plan undercuts it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 3, maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 3 }),
        (activity, shares) => {
          const k = shares.length;
          const problem = tinyProblem({
            activity: [activity],
            territories: shares.map((share, t) => ({ id: `T${t}`, share })),
          });
          const plan = new Int32Array(activity.length);
          for (let code = 0; code < k ** activity.length; code++) {
            for (let u = 0, rest = code; u < plan.length; u++, rest = Math.floor(rest / k)) plan[u] = rest % k;
            const sums = territoryLoads(problem, plan);
            const { floor } = measureBalances(problem, sums)[0]!;
            expect(Math.max(...deviations(problem, sums))).toBeGreaterThanOrEqual(floor - 1e-9);
          }
        },
      ),
      { numRuns: 30 },
    );
    const problem = tinyProblem({ activity: [[30, 5, 5]], territories: territories(2) });
    close(measureBalances(problem, territoryLoads(problem, Int32Array.of(0, 1, 1)))[0]!.floor, 0.5);
  });

  it('treats a measure without any activity as balanced and finite', () => {
    const problem = tinyProblem({
      activity: [
        [1, 1],
        [0, 0],
      ],
      territories: territories(2),
    });
    const balance = measureBalances(problem, territoryLoads(problem, Int32Array.of(0, 1)))[1]!;
    expect(balance).toEqual({ measure: 'm1', maxDeviation: 0, beyondBound: 0, cv: 0, gini: 0, jain: 1, floor: 0 });
  });

  it('forgives rounding at a bound but nothing larger', () => {
    const problem = tinyProblem({ activity: [[1, 1]], territories: territories(2), tolerance: 0 });
    expect([...excesses(problem, Float64Array.of(1 + 5e-10, 1 - 5e-10))]).toEqual([0, 0]);
    const [above, below] = excesses(problem, Float64Array.of(1 + 2e-9, 1 - 2e-9));
    expect(above).toBeGreaterThan(1e-9);
    expect(below).toBeGreaterThan(1e-9);
  });

  it('bounds Gini and Jain, and Gini is 0 exactly when all loads are equal', () => {
    fc.assert(
      fc.property(loads, (values) => {
        const k = values.length;
        expect(jain(values)).toBeGreaterThanOrEqual(1 / k);
        expect(jain(values)).toBeLessThanOrEqual(1);
        expect(gini(values)).toBeGreaterThanOrEqual(0);
        expect(gini(values)).toBeLessThanOrEqual(1 - 1 / k + 1e-12);
        expect(gini(values) === 0).toBe(Math.max(...values) === Math.min(...values));
      }),
    );
  });

  it('matches the pairwise definition of Gini', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 9 }),
        (values) => {
          const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
          const pairs = values.flatMap((x) => values.map((y) => Math.abs(x - y))).reduce((sum, d) => sum + d, 0);
          close(gini(values), pairs / (2 * values.length ** 2 * mean));
        },
      ),
    );
  });

  it('does not change when all activity is scaled or territories are permuted', () => {
    const activity = fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 4, maxLength: 10 });
    fc.assert(
      fc.property(activity, fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (values, factor) => {
        const plan = Int32Array.from(values, (_, u) => u % 3);
        const balanceOf = (row: number[], assignment: Int32Array) => {
          const problem = tinyProblem({ activity: [row], territories: territories(3) });
          return measureBalances(problem, territoryLoads(problem, assignment))[0]!;
        };
        const before = balanceOf(values, plan);
        const scaled = balanceOf(
          values.map((x) => x * factor),
          plan,
        );
        const permuted = balanceOf(
          values,
          plan.map((t) => (t + 1) % 3),
        );
        for (const key of ['beyondBound', 'cv', 'gini', 'jain', 'floor'] as const) {
          close(scaled[key], before[key]);
          close(permuted[key], before[key]);
        }
        close(Math.abs(scaled.maxDeviation), Math.abs(before.maxDeviation));
      }),
    );
  });

  it('keeps the coefficient of variation of equal values at 0 whatever their size', () => {
    for (const value of [0, 1e-300, 1, 1e300]) expect(coefficientOfVariation([value, value])).toBe(0);
  });
});
