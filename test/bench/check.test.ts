import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measurePlan } from '../../bench/check/measure-plan.mjs';
import { countParts } from '../../bench/check/parts.mjs';
import { evaluate } from '../../src/metrics/evaluate.js';
import { createPlan } from '../../src/plan/plan.js';
import { problem } from '../arbitraries.js';
import { randomAssignment } from '../kernel/kernel-fixture.js';

describe('the independent check of a plan', () => {
  it('counts the parts of territories', () => {
    const ring: [number, number][] = [0, 1, 2, 3, 4, 5].map((u) => [u, (u + 1) % 6]);
    expect(countParts(6, ring, [0, 0, 0, 1, 1, 1])).toBe(2);
    expect(countParts(6, ring, [0, 1, 0, 1, 0, 1])).toBe(6);
    expect(countParts(6, ring, [0, -1, 0, 0, -1, 0])).toBe(2);
  });

  it('agrees with the metrics of the library on any plan', () => {
    const cases = problem().chain((each) => fc.tuple(fc.constant(each), randomAssignment(each)));
    fc.assert(
      fc.property(cases, ([each, assignment]) => {
        const evaluation = evaluate(each, createPlan(each, assignment));
        const measured = measurePlan(each, assignment);
        expect(measured.cut).toBe(evaluation.cutEdges);
        expect(measured.pieces).toBe(evaluation.extraComponents);
        const beyond = Math.max(0, ...evaluation.balance.map((balance) => balance.beyondBound));
        expect(measured.beyond).toBeCloseTo(beyond, 9);
        // what only the library knows: locks
        if (evaluation.feasible) expect(measured.feasible).toBe(true);
        else if (evaluation.violations.every(({ kind }) => kind !== 'locked' && kind !== 'group'))
          expect(measured.feasible).toBe(false);
      }),
    );
  });

  it('measures the inertia of free centroids as the library does', () => {
    const cases = problem({ kinds: ['cells'] })
      .map((each) => ({
        ...each,
        objective: { ...each.objective, power: 2 as const, center: 'centroid' as const },
        territories: each.territories.map((territory) => ({ ...territory, center: null })),
      }))
      .chain((each) => fc.tuple(fc.constant(each), randomAssignment(each)));
    fc.assert(
      fc.property(cases, ([each, assignment]) => {
        const { inertia } = evaluate(each, createPlan(each, assignment)).cost;
        expect(Math.abs(measurePlan(each, assignment).inertia! - inertia)).toBeLessThanOrEqual(1e-6 * inertia + 1e-3);
      }),
    );
  });
});
