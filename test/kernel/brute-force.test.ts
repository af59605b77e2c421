import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/metrics/evaluate.js';
import { createPlan } from '../../src/plan/plan.js';
import { gridEdges, gridXy, territories, tinyProblem } from '../metrics/tiny-problem.js';
import { findOptimum } from './exhaustive.js';
import { runKernel } from './kernel-fixture.js';
import { type TinyCaseOptions, tinyCase } from './tiny-cases.js';

const CASES = 40;

/** What one run finds is the best there is, and known to be. */
function expectOptimum(options: TinyCaseOptions): void {
  for (const problem of fc.sample(tinyCase(options), { numRuns: CASES, seed: 20 })) {
    const optimum = findOptimum(problem);
    const { kernel, assignment } = runKernel(problem, { moveLimit: 12_000 });
    expect(kernel.violation).toBeCloseTo(optimum.violation, 8);
    expect(Math.abs(kernel.cost - optimum.cost)).toBeLessThanOrEqual(1e-9 * Math.abs(optimum.cost) + 1e-12);
    const { violation, cost } = evaluate(problem, createPlan(problem, assignment, 1));
    expect(violation).toBeCloseTo(optimum.violation, 8);
    expect(cost.total).toBeCloseTo(kernel.cost, 8);
  }
}

const objectives: Record<string, TinyCaseOptions> = {
  'inertia about free centroids': { objective: {} },
  'inertia about fixed centres': { objective: {}, fixedCenters: true },
  'inertia about best units': { objective: { center: 'unit' } },
  'distance to free centroids': { objective: { power: 1 } },
  'distance to fixed centres': { objective: { power: 1 }, fixedCenters: true },
  'distance to best units': { objective: { power: 1, center: 'unit' } },
  'cut edges': { objective: { inertia: 0, cutEdges: 1 } },
  'kilometres of border': { objective: { inertia: 0, borderKm: 1 } },
  'inertia, cut edges and disruption': { objective: { cutEdges: 0.5, disruption: 0.3 } },
  'inertia, cut edges and kilometres': { objective: { cutEdges: 0.5, borderKm: 0.7 } },
};

describe('against every plan of tiny problems, the search', () => {
  it.each(Object.keys(objectives))('finds the best without contiguity, for %s', (name) => {
    expectOptimum({ ...objectives[name]!, contiguity: 'off', equalShares: true });
  });

  it.each(Object.keys(objectives))('finds the best contiguous plan, for %s', (name) => {
    expectOptimum({ ...objectives[name]!, contiguity: 'required', equalShares: true });
  });

  it.each(Object.keys(objectives))('finds the best contiguous plan with unequal shares, for %s', (name) => {
    expectOptimum({ ...objectives[name]!, contiguity: 'required', equalShares: false });
  });
});

describe('the best plan', () => {
  it('never has a longer border when each kilometre costs more', () => {
    const weights = fc.tuple(fc.constantFrom(0, 0.2, 1), fc.constantFrom(0.1, 5));
    let shorter = 0;
    fc.assert(
      fc.property(tinyCase({ objective: {} }), weights, (drawn, [less, more]) => {
        const [before, after] = [less, less + more].map((borderKm) => {
          const problem = { ...drawn, objective: { ...drawn.objective, borderKm } };
          const optimum = findOptimum(problem);
          const { assignment } = runKernel(problem, { moveLimit: 12_000 });
          const { violation, cost } = evaluate(problem, createPlan(problem, assignment));
          expect(violation).toBeCloseTo(optimum.violation, 8);
          expect(cost.total).toBeCloseTo(optimum.cost, 8);
          return cost.borderKm;
        });
        expect(after).toBeLessThanOrEqual(before! + 1e-6);
        if (after! < before! - 1e-6) shorter++;
      }),
      { numRuns: 60, seed: 20 },
    );
    expect(shorter).toBeGreaterThan(5);
  });
});

describe('the optimum by exhaustion', () => {
  it('is what one sees on a strip of four: halves, one edge cut, two moments of 1/2', () => {
    const strip = tinyProblem({
      activity: [[1, 1, 1, 1]],
      edges: gridEdges(4, 1),
      xy: gridXy(4, 1),
      territories: territories(2),
      objective: { cutEdges: 10 },
    });
    const optimum = findOptimum(strip);
    expect(optimum.violation).toBe(0);
    expect(optimum.cost).toBeCloseTo(10 + 0.5 + 0.5, 12);
  });

  it('counts pieces, empty territories and imbalance', () => {
    const apart = tinyProblem({
      activity: [[3, 1, 2]],
      edges: [],
      xy: gridXy(3, 1),
      territories: territories(2),
      tolerance: 0,
    });
    // 3 against 1 + 2 is balanced, and in one piece too many
    expect(findOptimum(apart).violation).toBe(1);
  });
});
