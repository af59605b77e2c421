import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/metrics/evaluate.js';
import { createPlan } from '../../src/plan/plan.js';
import type { Violation } from '../../src/types.js';
import { gridEdges, gridXy, territories, tinyProblem } from './tiny-problem.js';

const kinds = (violations: readonly Violation[]) => violations.map((v) => [v.kind, v.territory, v.measure, v.amount]);

describe('evaluate', () => {
  it('judges a small plan as a person with a pencil does', () => {
    const problem = tinyProblem({
      activity: [[3, 1, 1, 3, 1, 1]],
      measures: ['hours'],
      edges: gridEdges(3, 2),
      xy: gridXy(3, 2),
      territories: territories(2),
      tolerance: 0.2,
      objective: { inertia: 2, cutEdges: 10, disruption: 100 },
      today: [0, 0, 1, 0, 1, -1],
    });
    const evaluation = evaluate(problem, createPlan(problem, [0, 0, 1, 0, 1, 1]));
    // loads 7 and 3, targets 5 ± 1, so one amount above and one below of 1/5 each
    expect(kinds(evaluation.violations)).toEqual([
      ['balance', 'T1', 'hours', expect.closeTo(0.2, 12)],
      ['balance', 'T2', 'hours', expect.closeTo(0.2, 12)],
    ]);
    expect(evaluation.violation).toBeCloseTo(0.4, 12);
    expect(evaluation.feasible).toBe(false);
    expect(evaluation.cutEdges).toBe(3);
    // T1 at (0,0)w3 (1,0)w1 (0,1)w3: about (1/7, 3/7); T2 at (2,0) (1,1) (2,1): about (5/3, 2/3)
    const inertia = 7 * (1 / 7 - 1 / 49 + 3 / 7 - 9 / 49) + 4 / 3;
    expect(evaluation.cost.inertia).toBeCloseTo(inertia, 12);
    expect(evaluation.cost.disruption).toBe(0);
    expect(evaluation.cost.total).toBeCloseTo(2 * inertia + 30, 12);
    expect(evaluation.balance[0]!.maxDeviation).toBeCloseTo(0.4, 12);
    expect(evaluation.territories[0]).toEqual({
      id: 'T1',
      units: 3,
      accounts: null,
      activity: { hours: 7 },
      deviation: { hours: expect.closeTo(0.4, 12) },
      components: 1,
      center: [0.142857, 0.428571],
      inertia: expect.closeTo(7 * (1 / 7 - 1 / 49 + 3 / 7 - 9 / 49), 12),
      areaKm2: null,
      perimeterKm: null,
      compactness: null,
      polsbyPopper: null,
      travelKm: null,
    });
    expect(evaluation).toMatchObject({
      compactness: null,
      travelKm: null,
      extraComponents: 0,
      disruption: { accounts: 0 },
    });
    expect(structuredClone(evaluation)).toEqual(evaluation);
  });

  it('has no violation for a plan that holds', () => {
    const problem = tinyProblem({ activity: [[1, 1]], edges: [[0, 1]], territories: territories(2) });
    const evaluation = evaluate(problem, createPlan(problem, [0, 1]));
    expect(evaluation).toMatchObject({ feasible: true, violations: [], violation: 0 });
  });

  it('names each kind of violation with its numbers', () => {
    const problem = tinyProblem({
      activity: [[4, 0, 0, 1, 1]],
      measures: ['hours'],
      edges: [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 4],
      ],
      territories: [{ id: 'A' }, { id: 'B', locked: true }, { id: 'C' }],
      tolerance: 0.05,
      today: [0, 1, 1, 0, 1],
      groups: ['<i>acme</i>', 'solo'],
      accounts: [
        { unit: 0, activity: [4], group: 0 },
        { unit: 1, activity: [0], group: 0 },
        { unit: 3, activity: [1], group: 0 },
        { unit: 3, activity: [1], group: 1 },
        { unit: 4, activity: [0], group: 1 },
      ],
    });
    const { violations, violation, feasible } = evaluate(problem, createPlan(problem, [0, 1, 0, 1, -1]));
    expect(kinds(violations)).toEqual([
      ['unassigned', null, null, 1],
      ['balance', 'A', 'hours', expect.closeTo((4 - 2.1) / 2, 12)],
      ['contiguity', 'A', null, 1],
      ['balance', 'B', 'hours', expect.closeTo((1.9 - 1) / 2, 12)],
      ['contiguity', 'B', null, 1],
      ['locked', 'B', null, 3],
      ['empty', 'C', null, 1],
      ['balance', 'C', 'hours', expect.closeTo(0.95, 12)],
      ['group', null, null, 1],
    ]);
    expect(violations.map((v) => v.message)).toEqual([
      'Unit u4 has no territory.',
      'A has 4 hours, above its upper bound of 2.1 by 95 % of its target. Its unit u0 alone has 4, more than the bound allows.',
      'A is in 2 separate pieces.',
      'B has 1 hours, below its lower bound of 1.9 by 45 % of its target.',
      'B is in 2 separate pieces.',
      'B is locked, but gains 1 unit and loses 2 units.',
      'C has no units.',
      'C has 0 hours, below its lower bound of 1.9 by 95 % of its target.',
      'Group <i>acme</i> is split over 2 territories: A, B.',
    ]);
    expect(feasible).toBe(false);
    expect(violation).toBeCloseTo(1 + 0.95 + 1 + 0.45 + 1 + 3 + 1 + 0.95, 12);
  });

  it('is infeasible, but violates nothing that the search minimises, when only a group is split', () => {
    const problem = tinyProblem({
      activity: [[1, 1]],
      edges: [[0, 1]],
      territories: territories(2),
      groups: ['acme'],
      accounts: [
        { unit: 0, activity: [1], group: 0 },
        { unit: 1, activity: [1], group: 0 },
      ],
    });
    const evaluation = evaluate(problem, createPlan(problem, [0, 1]));
    expect(evaluation).toMatchObject({ feasible: false, violation: 0, violations: [{ kind: 'group' }] });
  });

  it('ignores pieces when contiguity is off, yet counts them', () => {
    const problem = tinyProblem({ activity: [[1, 1, 1, 1]], territories: territories(2), contiguity: 'off' });
    expect(evaluate(problem, createPlan(problem, [0, 0, 1, 1]))).toMatchObject({ feasible: true, extraComponents: 2 });
  });

  it('gives the same figures when territories are permuted', () => {
    const cells = 12;
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: cells, maxLength: cells }),
        fc.array(fc.integer({ min: -1, max: 2 }), { minLength: cells, maxLength: cells }),
        fc.constantFrom<['centroid' | 'unit', 1 | 2]>(['centroid', 1], ['centroid', 2], ['unit', 1], ['unit', 2]),
        (activity, plan, [center, power]) => {
          const problem = tinyProblem({
            activity: [activity],
            edges: gridEdges(4, 3),
            xy: gridXy(4, 3),
            territories: territories(3),
            objective: { center, power, cutEdges: 1 },
          });
          const a = evaluate(problem, createPlan(problem, plan));
          const b = evaluate(
            problem,
            createPlan(
              problem,
              plan.map((t) => (t < 0 ? t : (t + 1) % 3)),
            ),
          );
          expect(b.violation).toBeCloseTo(a.violation, 9);
          expect(b.cost.total).toBeCloseTo(a.cost.total, 9);
          expect(b.cutEdges).toBe(a.cutEdges);
          a.territories.forEach((territory, t) => {
            expect({ ...b.territories[(t + 1) % 3]!, id: territory.id }).toEqual(territory);
          });
        },
      ),
    );
  });

  it('counts the accounts and travel of each territory', () => {
    const problem = tinyProblem({
      activity: [[2, 1]],
      lngLat: [0, 0, 1, 0],
      edges: [[0, 1]],
      territories: territories(2),
      accounts: [
        { unit: 0, activity: [1], at: [0, 0] },
        { unit: 0, activity: [1], at: [0.5, 0] },
        { unit: 1, activity: [1], at: [1, 0] },
      ],
    });
    const { territories: rows, travelKm } = evaluate(problem, createPlan(problem, [0, 1]));
    expect(rows.map((row) => row.accounts)).toEqual([2, 1]);
    expect(rows[0]!.travelKm).toBeGreaterThan(0);
    expect(travelKm).toBe(rows[0]!.travelKm! + rows[1]!.travelKm!);
  });
});
