import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KernelExports } from '../../src/kernel/abi.js';
import { KERNEL_PHASES } from '../../src/kernel/abi.js';
import type { Objective, Problem } from '../../src/types.js';
import { problem as anyProblem } from '../arbitraries.js';
import { withDemands } from '../demand-arbitraries.js';
import { gridEdges, gridXy, territories, tinyProblem, withLengths } from '../metrics/tiny-problem.js';
import { loadKernel, readAssignment, TARGETS, writeAssignment } from './kernel-fixture.js';

const improving = (kernel: KernelExports) => KERNEL_PHASES[kernel.getPhase()] === 'improve';

/** Runs into the annealing, and on for `moves` of it; the work on centres in between does not count here. */
function anneal(kernel: KernelExports, moves: number): void {
  kernel.start(3, 0, Infinity);
  while (!improving(kernel)) kernel.step(1000, 0);
  for (let left = moves; left > 0 || !improving(kernel); ) {
    const [before, counts] = [kernel.getMoves(), improving(kernel)];
    kernel.step(256, 0);
    if (counts) left -= kernel.getMoves() - before;
  }
}

const near = (carried: number, full: number, slack: number) =>
  expect(Math.abs(carried - full), `carried ${carried}, in full ${full}`).toBeLessThanOrEqual(
    1e-6 * Math.abs(full) + slack,
  );

/** What moves carried along, against the same sums made anew from the assignment. */
function compare(kernel: KernelExports, problem: Problem): void {
  const cost = kernel.carriedSearchCost();
  const imbalance = kernel.carriedSearchImbalance();
  kernel.exposePlan();
  // about the centres that the moves were measured from
  near(cost, kernel.searchCost(), 1e-9);
  writeAssignment(kernel, readAssignment(kernel, problem.ids.length));
  // under power 1 the centres are where they were when last counted anew
  if (problem.objective.power === 2) near(cost, kernel.searchCost(), 1e-9);
  // amounts below 1e-9 count as none in full; carried along they stay
  near(imbalance, kernel.scoreImbalance(), 1e-9 * problem.target.length);
}

describe.each(TARGETS)('the sums that moves of the %s kernel carry along', (target) => {
  it('stay those of the assignment, for problems of every kind', () => {
    fc.assert(
      fc.property(anyProblem(), fc.constantFrom(256, 2000), (problem, moves) => {
        const kernel = loadKernel(problem, target);
        anneal(kernel, moves);
        compare(kernel, problem);
      }),
      { numRuns: 30 },
    );
  });

  it('stay those of the assignment, for demands of every kind', () => {
    fc.assert(
      fc.property(withDemands(anyProblem()), fc.constantFrom(256, 2000), (problem, moves) => {
        // so few units are not moved at first, but all their plans are written one after the other
        const { limits, candidates } = problem.demands ?? { limits: [], candidates: null };
        fc.pre((limits.length === 0 && !candidates) || problem.ids.length > 16);
        const kernel = loadKernel(problem, target);
        anneal(kernel, moves);
        compare(kernel, problem);
      }),
      { numRuns: 40 },
    );
  });

  const variants: Record<string, Partial<Objective>> = {
    'inertia about free centroids': {},
    'inertia about best units': { center: 'unit' },
    'cut edges': { inertia: 0, cutEdges: 1 },
    'kilometres of border': { inertia: 0, borderKm: 3 },
    'inertia and every border term': { cutEdges: 0.5, borderKm: 2 },
    'inertia, cut edges and disruption': { cutEdges: 2, disruption: 0.3 },
    'distance to free centroids': { power: 1 },
    'distance to best units': { power: 1, center: 'unit' },
  };
  it.each(Object.keys(variants))('stay those of the assignment over many moves under %s', (name) => {
    const cells = Array.from({ length: 120 }, (_, u) => 1 + ((u * 37) % 17));
    const problem = tinyProblem({
      activity: [cells, cells.map((x) => (x * x) % 13)],
      edges: withLengths(gridEdges(12, 10)),
      xy: gridXy(12, 10),
      territories: territories(6),
      tolerance: 0.1,
      objective: variants[name]!,
      today: cells.map((_, u) => u % 7),
      todayIds: ['T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'ann'],
    });
    const kernel = loadKernel(problem, target);
    anneal(kernel, target === 'debug' ? 20_000 : 100_000);
    compare(kernel, problem);
  });

  it('stay those of the assignment with fixed centres, arcs and locked territories', () => {
    const n = 80;
    const problem = tinyProblem({
      activity: [Array.from({ length: n }, (_, u) => 1 + (u % 5))],
      edges: gridEdges(10, 8),
      lngLat: gridXy(10, 8).map((x) => x * 2),
      territories: territories(5).map((t, i) => ({ ...t, center: [4 * i, 6] as const, locked: i === 0 })),
      objective: { power: 1, weight: null },
      today: Array.from({ length: n }, (_, u) => (u % 10 < 2 ? 0 : -1)),
    });
    const kernel = loadKernel(problem, target);
    anneal(kernel, 50_000);
    compare(kernel, problem);
  });
});
