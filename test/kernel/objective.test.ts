import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/metrics/evaluate.js';
import { EARTH_RADIUS_KM, hasPositions } from '../../src/metrics/positions.js';
import { unitWeights } from '../../src/metrics/weights.js';
import { createPlan } from '../../src/plan/plan.js';
import type { Objective, Problem } from '../../src/types.js';
import { problem as anyProblem } from '../arbitraries.js';
import { gridEdges, gridXy, territories, tinyProblem, withLengths } from '../metrics/tiny-problem.js';
import { loadKernel, randomAssignment, TARGETS, type Target, writeAssignment } from './kernel-fixture.js';

const cases = anyProblem().chain((problem) => fc.tuple(fc.constant(problem), randomAssignment(problem)));

const totalWeight = (problem: Problem) => unitWeights(problem).reduce((sum, w) => sum + w, 0);

function scores(problem: Problem, assignment: ArrayLike<number>, target: Target) {
  const kernel = loadKernel(problem, target);
  writeAssignment(kernel, assignment);
  return {
    cost: kernel.scoreCost(),
    imbalance: kernel.scoreImbalance(),
    components: kernel.scoreComponents(),
    search: kernel.searchCost(),
  };
}

/** The kernel's scores of an assignment against `evaluate`, on one target. */
function compare(problem: Problem, assignment: Int32Array, target: Target): void {
  const { cost, imbalance, components } = scores(problem, assignment, target);
  const truth = evaluate(problem, createPlan(problem, assignment));
  // an arc of 1e-6 km and less is lost in the rounding of a chord between points 6371 km from the origin
  const slack = 1e-9 * (truth.cost.total + problem.objective.inertia * totalWeight(problem));
  expect(Math.abs(cost - truth.cost.total), 'cost').toBeLessThanOrEqual(slack);
  const balance = truth.violations.reduce((sum, v) => (v.kind === 'balance' ? sum + v.amount : sum), 0);
  expect(Math.abs(imbalance - balance), 'imbalance').toBeLessThanOrEqual(1e-9 * Math.max(1, balance));
  expect(components, 'components').toBe(truth.territories.reduce((sum, t) => sum + t.components, 0));
}

describe.each(TARGETS)('the %s kernel scores a complete assignment', (target) => {
  it('as evaluate does, for problems of every kind', () => {
    fc.assert(
      fc.property(cases, ([problem, assignment]) => compare(problem, assignment, target)),
      { numRuns: 300 },
    );
  });

  it('as evaluate does, in every variant of the objective', () => {
    const variants = fc.record({
      inertia: fc.constantFrom(0, 1, 1e-3, 2.5),
      cutEdges: fc.constantFrom(0, 1, 7.25),
      borderKm: fc.constantFrom(0, 1, 0.3, 1e6),
      disruption: fc.constantFrom(0, 1, 0.1),
      weight: fc.constantFrom(null, 'm0', 'm1'),
      power: fc.constantFrom(1, 2),
      distance: fc.constantFrom('great-circle', 'planar'),
      center: fc.constantFrom('centroid', 'unit'),
    }) as fc.Arbitrary<Objective>;
    const labels = fc.array(fc.nat(3), { minLength: 12, maxLength: 12 });
    const fixed = fc.subarray([0, 1, 2, 3]);
    const zeros = fc.subarray(Array.from({ length: 12 }, (_, u) => u));
    fc.assert(
      fc.property(variants, labels, labels, fixed, zeros, (objective, assignment, today, fixedAt, empty) => {
        const problem = tinyProblem({
          activity: [0, 1].map((m) => today.map((_, u) => (empty.includes(u) ? 0 : 1 + ((u * 7 + m * 5) % 11)))),
          edges: withLengths(gridEdges(4, 3)),
          xy: gridXy(4, 3),
          lngLat: gridXy(4, 3)
            .map((x, i) => (i % 2 ? 50 : 178) + x * 1.5)
            .map((x) => (x > 180 ? x - 360 : x)),
          territories: territories(4).map((t, i) => (fixedAt.includes(i) ? { ...t, center: [1 + i, 2] as const } : t)),
          objective,
          today,
        });
        compare(problem, Int32Array.from(assignment), target);
      }),
      { numRuns: 300 },
    );
  });

  it('by the search’s own sums as well, where these are exact', () => {
    fc.assert(
      fc.property(cases, ([drawn, assignment]) => {
        if (!hasPositions(drawn)) return;
        const objective = { ...drawn.objective, power: 2, center: 'centroid', inertia: 1.5 } as const;
        const heavy = totalWeight({ ...drawn, objective }) / drawn.ids.length;
        // units of next to no weight get a little more in the search, so that borders are not ragged there
        const light = unitWeights({ ...drawn, objective }).some((w) => w < 1e-3 * heavy);
        const problem = { ...drawn, objective: light ? { ...objective, weight: null } : objective };
        const { cost, search } = scores(problem, assignment, target);
        expect(Math.abs(cost - search)).toBeLessThanOrEqual(1e-9 * (cost + totalWeight(problem)));
      }),
      { numRuns: 100 },
    );
  });
});

describe('a score', () => {
  it('of power 2 about a free centroid is the sum over pairs, Σ w w′ d² / W', () => {
    const problem = tinyProblem({
      activity: [[3, 1, 4, 1, 5, 9]],
      edges: gridEdges(3, 2),
      xy: gridXy(3, 2),
      territories: territories(2),
    });
    // T1 = {0, 1, 3} with 3, 1, 1; T2 = {2, 4, 5} with 4, 5, 9
    const t1 = (3 * 1 * 1 + 3 * 1 * 1 + 1 * 1 * 2) / 5;
    const t2 = (4 * 5 * 2 + 4 * 9 * 1 + 5 * 9 * 1) / 18;
    expect(scores(problem, [0, 0, 1, 0, 1, 1], 'release').cost).toBeCloseTo(t1 + t2, 9);
  });

  it('of power 1 about a fixed centre is arcs, not chords', () => {
    const problem = tinyProblem({
      activity: [[1, 2]],
      lngLat: [0, 0, 90, 0],
      territories: [{ id: 'T1', center: [-90, 0] }],
      objective: { power: 1 },
    });
    expect(scores(problem, [0, 0], 'release').cost).toBeCloseTo(EARTH_RADIUS_KM * (Math.PI / 2 + 2 * Math.PI), 3);
  });

  it('of members all around the globe is taken from the first of them, since their mean has no direction', () => {
    const problem = tinyProblem({
      activity: [[1, 1, 1]],
      lngLat: [0, 0, 120, 0, -120, 0],
      territories: territories(1),
      objective: { power: 1 },
    });
    compare(problem, Int32Array.of(0, 0, 0), 'release');
  });
});
