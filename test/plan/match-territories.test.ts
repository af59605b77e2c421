import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/metrics/evaluate.js';
import { matchTerritories } from '../../src/plan/match-territories.js';
import { maximizeAssignment } from '../../src/plan/max-assignment.js';
import { createPlan } from '../../src/plan/plan.js';
import type { Problem, Territory } from '../../src/types.js';
import { gridEdges, gridXy, tinyProblem } from '../metrics/tiny-problem.js';
import { disruptionCost } from '../metrics/whole-map.js';

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((first) => permutations(items.filter((x) => x !== first)).map((rest) => [first, ...rest]));
}

describe('maximizeAssignment', () => {
  const square = fc
    .integer({ min: 1, max: 6 })
    .chain((size) =>
      fc.tuple(
        fc.constant(size),
        fc.array(fc.integer({ min: -20, max: 50 }), { minLength: size * size, maxLength: size * size }),
      ),
    );

  it('finds the sum that trying every permutation finds', () => {
    fc.assert(
      fc.property(square, ([size, gain]) => {
        const column = maximizeAssignment(Float64Array.from(gain), size);
        expect([...column].sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, i) => i));
        const value = (columns: ArrayLike<number>) =>
          Array.from(columns).reduce((sum, c, r) => sum + gain[r * size + c]!, 0);
        const best = Math.max(...permutations([...column.keys()]).map(value));
        expect(value(column)).toBe(best);
      }),
      { numRuns: 200 },
    );
  });

  it('of fewer rows than columns gives each row the column that rows of nothing would leave it', () => {
    fc.assert(
      fc.property(square, fc.nat(5), ([size, gain], fewer) => {
        const rows = Math.max(1, size - fewer);
        const given = Float64Array.from(gain.slice(0, rows * size));
        const columns = maximizeAssignment(given, size, rows);
        expect(columns).toHaveLength(rows);
        expect(new Set(columns).size).toBe(rows);
        const value = (of: Int32Array) =>
          given.reduce((sum, x, i) => (of[Math.floor(i / size)] === i % size ? sum + x : sum), 0);
        const padded = new Float64Array(size * size);
        padded.set(given);
        expect(value(columns)).toBe(value(maximizeAssignment(padded, size)));
      }),
    );
  });

  it('copes with gains that are no integers, huge, or all alike', () => {
    const inverse = Float64Array.of(0.1, 0.7, 0.7, 0.1);
    expect([...maximizeAssignment(inverse, 2)]).toEqual([1, 0]);
    expect([
      ...maximizeAssignment(
        inverse.map((x) => x * 1e300),
        2,
      ),
    ]).toEqual([1, 0]);
    expect([...maximizeAssignment(new Float64Array(9), 3)].sort()).toEqual([0, 1, 2]);
    expect(maximizeAssignment(new Float64Array(0), 0)).toHaveLength(0);
  });
});

describe('matchTerritories', () => {
  const n = 12;
  /** Accounts or units held today by T0 … T3 or by a rep outside; some territories on terms of their own. */
  const cases = fc.record({
    activity: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: n, maxLength: n }),
    today: fc.array(fc.integer({ min: -1, max: 5 }), { minLength: n, maxLength: n }),
    plan: fc.array(fc.integer({ min: -1, max: 3 }), { minLength: n, maxLength: n }),
    special: fc.array(
      fc.constantFrom<Partial<Territory>>({}, {}, {}, { share: 2 }, { locked: true }, { center: [1, 1] }),
      { minLength: 4, maxLength: 4 },
    ),
    withAccounts: fc.boolean(),
    weight: fc.constantFrom('m0', null),
  });

  function build(c: typeof cases extends fc.Arbitrary<infer T> ? T : never): Problem {
    return tinyProblem({
      activity: [c.activity],
      edges: gridEdges(4, 3),
      xy: gridXy(4, 3),
      territories: c.special.map((terms, t) => ({ id: `T${t}`, ...terms })),
      todayIds: ['T0', 'T1', 'T2', 'T3', 'X', 'Y'],
      today: c.today,
      objective: { weight: c.weight },
      ...(c.withAccounts && {
        accounts: c.activity.map((x, u) => ({ unit: (u * 5) % n, activity: [x], today: c.today[u]! })),
      }),
    });
  }

  function mayTrade(problem: Problem, t: number, s: number): boolean {
    const a = problem.territories[t]!;
    const b = problem.territories[s]!;
    return t === s || !(a.locked || b.locked || a.center || b.center || a.share !== b.share);
  }

  it('keeps as much with today’s territories as the best permutation of interchangeable ones', () => {
    fc.assert(
      fc.property(cases, (c) => {
        const problem = build(c);
        const plan = Int32Array.from(c.plan);
        const matched = matchTerritories(problem, plan);
        const allowed = permutations([0, 1, 2, 3]).filter((p) => p.every((s, t) => mayTrade(problem, t, s)));
        const costs = allowed.map((p) =>
          disruptionCost(
            problem,
            plan.map((t) => (t < 0 ? t : p[t]!)),
          ),
        );
        expect(disruptionCost(problem, matched)).toBe(Math.min(...costs));
        expect(allowed.some((p) => plan.every((t, u) => matched[u] === (t < 0 ? t : p[t]!)))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('changes nothing else that the search minimises', () => {
    fc.assert(
      fc.property(cases, (c) => {
        const problem = build(c);
        const before = evaluate(problem, createPlan(problem, c.plan));
        const after = evaluate(problem, createPlan(problem, matchTerritories(problem, Int32Array.from(c.plan))));
        expect(after.violation).toBeCloseTo(before.violation, 9);
        expect(after.cost.inertia).toBeCloseTo(before.cost.inertia, 9);
        expect(after.cost.cutEdges).toBe(before.cost.cutEdges);
        expect(after.cost.disruption).toBeLessThanOrEqual(before.cost.disruption);
      }),
    );
  });

  it('leaves the labels alone when they are best already or when there is no today', () => {
    const problem = tinyProblem({
      activity: [[1, 1]],
      territories: [{ id: 'A' }, { id: 'B' }],
      todayIds: ['A', 'B', 'X'],
      today: [2, 2],
    });
    expect([...matchTerritories(problem, Int32Array.of(0, 1))]).toEqual([0, 1]);
    expect([...matchTerritories({ ...problem, today: null }, Int32Array.of(1, 0))]).toEqual([1, 0]);
  });
});
