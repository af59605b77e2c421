import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measurePlan } from '../../bench/check/measure-plan.mjs';
import { countParts } from '../../bench/check/parts.mjs';
import { evaluate } from '../../src/metrics/evaluate.js';
import { createPlan } from '../../src/plan/plan.js';
import type { Problem } from '../../src/types.js';
import { problem } from '../arbitraries.js';
import { randomAssignment } from '../kernel/kernel-fixture.js';

/** Most by which the library's places, whose coordinates are multiples of 1e-6 km, are off; and so may centroids be. */
const ROUNDED_KM = 2 * 0.5e-6 * Math.sqrt(3);

function weightOf({ ids, activity, measures, objective: { weight } }: Problem, u: number): number {
  return weight === null ? 1 : activity[measures.indexOf(weight) * ids.length + u]!;
}

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
        // the radii differ in the tenth digit; a place off by δ changes Σ w·d² by 2 Σ w·d·δ and δ², the first at most 2 δ √(Σw · Σ w·d²)
        const weight = each.ids.reduce((sum, _, u) => sum + weightOf(each, u), 0);
        const slack = 2 * ROUNDED_KM * Math.sqrt(weight * inertia) + ROUNDED_KM ** 2 * weight;
        expect(Math.abs(measurePlan(each, assignment).inertia! - inertia)).toBeLessThanOrEqual(slack + 2e-8 * inertia);
      }),
    );
  });
});
