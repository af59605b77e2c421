import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KERNEL_ARRAY } from '../../src/kernel/abi.js';
import { createKernel } from '../../src/kernel/create-kernel.js';
import { territoryLoads } from '../../src/metrics/balance.js';
import { evaluate } from '../../src/metrics/evaluate.js';
import { createPlan } from '../../src/plan/plan.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import type { Problem } from '../../src/types.js';
import { problem as anyProblem } from '../arbitraries.js';
import { withDemands } from '../demand-arbitraries.js';
import { findOptimum } from './exhaustive.js';
import { kernelModule, loadKernel, runKernel, type Target } from './kernel-fixture.js';
import { type TinyCaseOptions, tinyCase } from './tiny-cases.js';

interface BoundOptions {
  /** What a feasible plan costs at most; the bound is cut off there. */
  readonly cost: number;
  readonly limit?: number;
  readonly effort?: number;
  readonly target?: Target;
}

function boundOf(problem: Problem, assignment: Int32Array, options: BoundOptions): number | null {
  const { cost, limit = 200_000, effort = 10_000, target = 'release' } = options;
  const kernel = createKernel(kernelModule(target), problem);
  kernel.beginBound(assignment, cost, limit);
  while (!kernel.boundDone) kernel.continueBound(effort, 0);
  return kernel.bound;
}

/** The same, gone about as on a problem of many units and territories. */
function largeBoundOf(problem: Problem, assignment: Int32Array, options: BoundOptions): number {
  const { cost, limit = 200_000, effort = 10_000, target = 'release' } = options;
  const kernel = loadKernel(problem, target);
  kernel.boundAsLarge();
  kernel.allocateForBound();
  const at = kernel.address(KERNEL_ARRAY.bestAssignment) >>> 0;
  new Int32Array(kernel.memory.buffer, at, assignment.length).set(assignment);
  kernel.beginBound(cost, limit);
  while (!kernel.getBoundDone()) kernel.continueBound(effort, 0);
  return kernel.getBound();
}

/** Some plan that keeps its locks, better than chance where the search has something to go by. */
function somePlan(problem: Problem): Int32Array {
  return runKernel(problem, { moveLimit: 3000 }).assignment;
}

/** The problem with bounds on the loads that the plan keeps: of its own per territory, or the same for all. */
function around(problem: Problem, assignment: Int32Array, shared: boolean, spread: number): Problem {
  const k = problem.territories.length;
  const loads = territoryLoads(problem, assignment);
  const lower = new Float64Array(loads.length);
  const upper = new Float64Array(loads.length);
  for (let i = 0; i < loads.length; i++) {
    const m = Math.floor(i / k);
    const row = shared ? loads.subarray(m * k, (m + 1) * k) : loads.subarray(i, i + 1);
    lower[i] = Math.min(...row) * (1 - spread);
    upper[i] = Math.max(...row) * (1 + spread);
  }
  return { ...problem, lower, upper };
}

/** No bound may be above a plan's cost by more than the rounding of the cost itself. */
const atMost = (cost: number) => cost * (1 + 1e-12);

describe('a lower bound', () => {
  it('is at most the cost of any plan within the bounds, for problems of every kind', () => {
    let proven = 0;
    let tight = 0;
    fc.assert(
      fc.property(anyProblem(), fc.constantFrom(0, 0.1, 0.5), (drawn, spread) => {
        const assignment = somePlan(drawn);
        for (const shared of [true, false]) {
          const problem = around(drawn, assignment, shared, spread);
          const { cost, violations } = evaluate(problem, createPlan(problem, assignment, null));
          if (violations.some(({ kind }) => kind === 'locked' || kind === 'unassigned')) continue;
          // no bound is asked for where the plan costs nothing
          if (cost.total === 0) continue;
          // twice the cost lets a bound that is wrong show
          const options = { cost: 2 * cost.total + 1, limit: 30_000 };
          expect(largeBoundOf(problem, assignment, options)).toBeLessThanOrEqual(atMost(cost.total));
          const bound = boundOf(problem, assignment, options);
          if (bound === null) continue;
          expect(bound).toBeLessThanOrEqual(atMost(cost.total));
          proven++;
          if (bound > 0.5 * cost.total) tight++;
        }
      }),
      { numRuns: 400, endOnFailure: true },
    );
    expect(proven).toBeGreaterThan(300);
    expect(tight).toBeGreaterThan(100);
  }, 240_000);

  it('is at most the cost of any plan that keeps its demands', () => {
    let proven = 0;
    fc.assert(
      fc.property(withDemands(anyProblem()), fc.constantFrom(0, 0.1, 0.5), (drawn, spread) => {
        const assignment = somePlan(drawn);
        const problem = around(drawn, assignment, spread === 0.1, spread);
        const { cost, violations } = evaluate(problem, createPlan(problem, assignment, null));
        if (violations.some(({ kind }) => kind === 'locked' || kind === 'unassigned')) return;
        // no bound is asked for where the plan costs nothing
        if (cost.total === 0) return;
        // as in a search, on the kernel that has run before
        const { kernel } = runKernel(problem, { moveLimit: 300 });
        kernel.beginBound(assignment, 2 * cost.total + 1, 30_000);
        while (!kernel.boundDone) kernel.continueBound(10_000, 0);
        const { bound } = kernel;
        if (bound === null) return;
        expect(bound).toBeLessThanOrEqual(atMost(cost.total));
        proven++;
      }),
      { numRuns: 450, endOnFailure: true },
    );
    expect(proven).toBeGreaterThan(60);
  }, 240_000);

  const kinds: Record<string, TinyCaseOptions> = {
    'inertia about centroids': { objective: {} },
    'inertia about fixed centres': { objective: {}, fixedCenters: true },
    'inertia about best units': { objective: { center: 'unit' } },
    'distance to centroids': { objective: { power: 1 } },
    'distance to best units': { objective: { power: 1, center: 'unit' } },
    'distance to fixed centres': { objective: { power: 1 }, fixedCenters: true },
    'inertia, cut edges and disruption': { objective: { cutEdges: 0.5, disruption: 0.3 } },
  };

  it.each(Object.keys(kinds))('is at most the cost of the best of all plans, for %s', (name) => {
    let ratio = 0;
    let largeRatio = 0;
    let count = 0;
    for (const problem of fc.sample(tinyCase(kinds[name]!), { numRuns: 60, seed: 5 })) {
      const optimum = findOptimum(problem);
      if (optimum.violation > 1e-9 || optimum.cost === 0) continue;
      const options = { cost: 2 * optimum.cost, limit: 100_000 };
      const large = largeBoundOf(problem, somePlan(problem), options);
      expect(large).toBeLessThanOrEqual(atMost(optimum.cost));
      largeRatio += large / optimum.cost;
      const bound = boundOf(problem, somePlan(problem), options);
      expect(bound).not.toBeNull();
      expect(bound!).toBeLessThanOrEqual(atMost(optimum.cost));
      ratio += bound! / optimum.cost;
      count++;
    }
    expect(count).toBeGreaterThan(15);
    // units of a third of a territory leave a wide gap; far more would say that something is amiss
    expect(ratio / count).toBeGreaterThan(0.6);
    expect(largeRatio / count).toBeGreaterThan(0.5);
  });

  it('does not depend on the steps, nor on the build, nor on what ran before', () => {
    fc.assert(
      fc.property(anyProblem(), (problem) => {
        const assignment = somePlan(problem);
        const { cost } = evaluate(problem, createPlan(problem, assignment, null));
        const options = { cost: cost.total, limit: 30_000 };
        const whole = boundOf(problem, assignment, { ...options, effort: 1e6 });
        expect(boundOf(problem, assignment, { ...options, effort: 100, target: 'debug' })).toBe(whole);
        const large = largeBoundOf(problem, assignment, { ...options, effort: 1e6 });
        expect(largeBoundOf(problem, assignment, { ...options, effort: 100, target: 'debug' })).toBe(large);
        const { kernel } = runKernel(problem, { moveLimit: 2000 });
        for (let round = 0; round < 2; round++) {
          kernel.beginBound(assignment, cost.total, 30_000);
          while (!kernel.boundDone) kernel.continueBound(7000, 0);
          expect(kernel.bound).toBe(whole);
        }
      }),
      { numRuns: 15, endOnFailure: true },
    );
  });

  it('is absent where distance does not count', () => {
    for (const problem of fc.sample(tinyCase({ objective: { inertia: 0, cutEdges: 1 } }), 3)) {
      expect(boundOf(problem, somePlan(problem), { cost: 10 })).toBeNull();
    }
  });
});

/** Towns of units a kilometre apart in a country of units `spacing` apart, all of the same weight, on a lattice. */
function townsAndCountry(side: number, towns: readonly number[], spacing: number, k: number): Problem {
  const units: { id: string; x: number; y: number; activity: { load: number } }[] = [];
  const edges: [number, number][] = [];
  const add = (x: number, y: number) => units.push({ id: `${units.length}`, x, y, activity: { load: 1 } }) - 1;
  const lattice = (x: number, y: number, width: number, step: number) => {
    const from = units.length;
    for (let i = 0; i < width * width; i++) {
      const at = add(x + step * (i % width), y + step * Math.floor(i / width));
      if (i % width > 0) edges.push([at - 1, at]);
      if (i >= width) edges.push([at - width, at]);
    }
    return from;
  };
  lattice(0, 0, side, spacing);
  for (const town of towns) {
    const unit = town % (side * side);
    edges.push([unit, lattice((unit % side) * spacing + 1, Math.floor(unit / side) * spacing + 1, 5, 1)]);
  }
  return prepareProblem({
    units,
    edges,
    territories: k,
    balance: { load: { tolerance: 0.3 } },
    objective: { distance: 'planar' },
  });
}

describe('a lower bound for many units in regions that differ', () => {
  it('is at most the cost of a plan, and not far below it', () => {
    const towns = fc.uniqueArray(fc.nat(9999), { minLength: 20, maxLength: 60 });
    fc.assert(
      fc.property(towns, fc.constantFrom(3, 10, 30), fc.constantFrom(40, 100), (places, spacing, k) => {
        const drawn = townsAndCountry(100, places, spacing, k);
        const { assignment } = runKernel(drawn, { moveLimit: 20_000 });
        const problem = around(drawn, assignment, true, 0);
        const { cost } = evaluate(problem, createPlan(problem, assignment, null));
        // twice the cost lets a bound that is wrong show
        const bound = boundOf(problem, assignment, { cost: 2 * cost.total, limit: 6_000_000 });
        expect(bound).not.toBeNull();
        expect(bound!).toBeLessThanOrEqual(atMost(cost.total));
        // no more is proven by far where the ascent starts from what units cost in the plan
        expect(bound!).toBeGreaterThan(0.5 * cost.total);
      }),
      { numRuns: 3, seed: 3, endOnFailure: true },
    );
  }, 120_000);
});
