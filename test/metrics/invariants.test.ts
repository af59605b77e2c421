import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/metrics/evaluate.js';
import { overlapToday } from '../../src/metrics/overlap.js';
import { matchTerritories } from '../../src/plan/match-territories.js';
import { createPlan, todayPlan } from '../../src/plan/plan.js';
import type { Problem } from '../../src/types.js';
import { problem as anyProblem } from '../arbitraries.js';

/** A problem of any kind with a plan of any kind, unassigned units included. */
const cases = anyProblem().chain((problem) =>
  fc.tuple(
    fc.constant(problem),
    fc
      .array(fc.integer({ min: -1, max: problem.territories.length - 1 }), {
        minLength: problem.ids.length,
        maxLength: problem.ids.length,
      })
      .map((plan) => Int32Array.from(plan)),
  ),
);

const near = (actual: number, expected: number, scale = 1) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * Math.max(scale, Math.abs(expected)));

function measureTotal(problem: Problem, m: number, assignment: Int32Array): number {
  const n = problem.ids.length;
  return assignment.reduce((sum, t, u) => (t < 0 ? sum : sum + problem.activity[m * n + u]!), 0);
}

/** Every number in a plain value. */
function numbers(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(numbers) : [];
}

describe('an evaluation of any plan', () => {
  it('adds up', () => {
    fc.assert(
      fc.property(cases, ([problem, assignment]) => {
        const evaluation = evaluate(problem, createPlan(problem, assignment));
        const { cost, territories, violations } = evaluation;
        const { objective } = problem;
        const sum = (pick: (row: (typeof territories)[number]) => number) =>
          territories.reduce((s, row) => s + pick(row), 0);

        expect(sum((row) => row.units)).toBe(assignment.filter((t) => t >= 0).length);
        expect(sum((row) => Math.max(0, row.components - 1))).toBe(evaluation.extraComponents);
        near(
          sum((row) => row.inertia),
          cost.inertia,
        );
        near(
          cost.total,
          objective.inertia * cost.inertia +
            objective.cutEdges * cost.cutEdges +
            objective.borderKm * cost.borderKm +
            objective.disruption * cost.disruption,
        );
        problem.measures.forEach((measure, m) => {
          near(
            sum((row) => row.activity[measure]!),
            measureTotal(problem, m, assignment),
            0,
          );
        });
        near(
          evaluation.violation,
          violations.reduce((s, v) => s + (v.kind === 'group' ? 0 : v.amount), 0),
        );
        expect(evaluation.feasible).toBe(violations.length === 0);
        expect(violations.every((v) => v.amount > 0 && v.message.endsWith('.'))).toBe(true);
        expect(numbers(evaluation).every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('has the border that its neighbouring pairs have, each counted once', () => {
    fc.assert(
      fc.property(cases, ([problem, assignment]) => {
        const { offsets, neighbors, edgeKm } = problem;
        const { borderKm, cost } = evaluate(problem, createPlan(problem, assignment));
        expect(cost.borderKm).toBe(borderKm ?? 0);
        expect(borderKm === null).toBe(edgeKm === null);
        if (!edgeKm) return;
        const twice = assignment.reduce((sum, t, u) => {
          for (let e = offsets[u]!; e < offsets[u + 1]!; e++) if (assignment[neighbors[e]!] !== t) sum += edgeKm[e]!;
          return sum;
        }, 0);
        near(borderKm!, twice / 2);
      }),
    );
  });

  it('has a border sum of twice the borders between territories plus the outside', () => {
    fc.assert(
      fc.property(cases, ([problem, assignment]) => {
        const { offsets, neighbors, edgeKm, outerKm } = problem;
        if (!edgeKm || !outerKm) return;
        const expected = assignment.reduce((sum, t, u) => {
          if (t < 0) return sum;
          let border = outerKm[u]!;
          for (let e = offsets[u]!; e < offsets[u + 1]!; e++) if (assignment[neighbors[e]!] !== t) border += edgeKm[e]!;
          return sum + border;
        }, 0);
        const { territories } = evaluate(problem, createPlan(problem, assignment));
        near(
          territories.reduce((sum, row) => sum + row.perimeterKm!, 0),
          expected,
          1e4,
        );
        for (const row of territories) {
          if (row.units === 0 || problem.resolution === 'mixed') {
            expect(row.compactness).toBeNull();
            continue;
          }
          expect(row.compactness).toBeGreaterThan(0);
          expect(row.compactness).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('does not depend on anything but its input', () => {
    fc.assert(
      fc.property(cases, ([problem, assignment]) => {
        const plan = createPlan(problem, assignment);
        const copy = structuredClone(problem);
        const first = evaluate(problem, plan);
        expect(evaluate(copy, structuredClone(plan))).toEqual(first);
        expect(copy).toEqual(problem);
        expect(overlapToday(copy)).toEqual(overlapToday(problem));
      }),
      { numRuns: 50 },
    );
  });

  it('of today has no disruption but for accounts that share a unit with others', () => {
    fc.assert(
      fc.property(anyProblem(), (problem) => {
        const plan = todayPlan(problem);
        if (!plan) return;
        const evaluation = evaluate(problem, plan);
        const strangers = problem.accountTerritory
          ? problem.accountTerritory.filter((t, a) => t >= 0 && t !== problem.today![problem.accountUnit![a]!]).length
          : 0;
        expect(evaluation.disruption!.accounts).toBe(strangers);
        expect(evaluation.violations.some((v) => v.kind === 'locked')).toBe(false);
      }),
    );
  });

  it('stays as it is, or gains, when labels are matched to today’s', () => {
    fc.assert(
      fc.property(cases, ([problem, assignment]) => {
        const before = evaluate(problem, createPlan(problem, assignment));
        const after = evaluate(problem, createPlan(problem, matchTerritories(problem, assignment)));
        near(after.violation, before.violation);
        near(after.cost.inertia, before.cost.inertia);
        expect(after.cost.cutEdges).toBe(before.cost.cutEdges);
        expect(after.cost.borderKm).toBe(before.cost.borderKm);
        expect(after.cost.disruption).toBeLessThanOrEqual(before.cost.disruption * (1 + 1e-12));
      }),
    );
  });

  it('keeps deviations and spreads when all activity is scaled', () => {
    const factor = fc.constantFrom(2 ** -20, 1 / 3, 2, 1e6);
    fc.assert(
      fc.property(cases, factor, ([problem, assignment], by) => {
        const scale = (values: Float64Array) => values.map((x) => x * by);
        const scaled: Problem = {
          ...problem,
          activity: scale(problem.activity),
          target: scale(problem.target),
          lower: scale(problem.lower),
          upper: scale(problem.upper),
        };
        const a = evaluate(problem, createPlan(problem, assignment)).balance;
        const b = evaluate(scaled, createPlan(scaled, assignment)).balance;
        a.forEach((row, m) => {
          for (const key of ['cv', 'gini', 'jain', 'floor'] as const) near(b[m]![key], row[key]);
          near(Math.abs(b[m]!.maxDeviation), Math.abs(row.maxDeviation));
        });
      }),
    );
  });
});
