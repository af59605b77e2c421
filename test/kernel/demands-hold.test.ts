import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKernel } from '../../src/kernel/create-kernel.js';
import { evaluate } from '../../src/metrics/evaluate.js';
import { createPlan } from '../../src/plan/plan.js';
import type { Demands, Problem, Violation } from '../../src/types.js';
import { problem as anyProblem } from '../arbitraries.js';
import { DEMAND_KINDS, type DemandKind, NO_DEMANDS, withDemands } from '../demand-arbitraries.js';
import { gridEdges, gridXy, territories, tinyProblem } from '../metrics/tiny-problem.js';
import { kernelModule, runKernel, TARGETS } from './kernel-fixture.js';

const WIDTH = 12;
const HEIGHT = 10;
const UNITS = WIDTH * HEIGHT;

/** A grid of equal units for four territories: whatever the demands, the plan without them would be quarters. */
function grid(edit: Partial<Problem> = {}, demands: Partial<Demands> = {}): Problem {
  const problem = tinyProblem({
    activity: [new Array<number>(UNITS).fill(1)],
    edges: gridEdges(WIDTH, HEIGHT),
    xy: gridXy(WIDTH, HEIGHT),
    territories: territories(4),
    tolerance: 0.1,
  });
  return { ...problem, demands: { ...NO_DEMANDS, ...demands }, ...edit };
}

function solve(problem: Problem, moveLimit = 150_000) {
  const { assignment, kernel } = runKernel(problem, { moveLimit });
  return { assignment, kernel, ...evaluate(problem, createPlan(problem, assignment, 1)) };
}

const messages = (violations: readonly Violation[]) => violations.map(({ message }) => message);

describe('in every plan of a run', () => {
  const never: Partial<Record<DemandKind, Violation['kind']>> = {
    pins: 'pinned',
    permits: 'permit',
    together: 'together',
  };
  it.each(Object.keys(never) as DemandKind[])('%s hold, whatever else does', (kind) => {
    fc.assert(
      fc.property(
        withDemands(
          anyProblem(),
          fc.subarray([...DEMAND_KINDS]).map((kinds) => [...kinds, kind]),
        ),
        fc.constantFrom(0, 500, 5000),
        fc.constantFrom(...TARGETS),
        (problem, moveLimit, target) => {
          const { assignment } = runKernel(problem, { moveLimit, target, start: moveLimit % 3 });
          const { violations } = evaluate(problem, createPlan(problem, assignment, 1));
          expect(messages(violations.filter((violation) => violation.kind === never[kind]))).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('where breaking a demand would pay, a run keeps it:', () => {
  it('two pins of one territory in opposite corners, and the way between them', () => {
    const pinned = new Int32Array(UNITS).fill(-1);
    pinned[0] = 1;
    pinned[UNITS - 1] = 1;
    const { assignment, violations } = solve(grid({ pinned }));
    expect(messages(violations)).toEqual([]);
    expect([assignment[0], assignment[UNITS - 1]]).toEqual([1, 1]);
  });

  it('permits that leave the western half to two territories', () => {
    const west = Int32Array.from({ length: UNITS }, (_, u) => (u % WIDTH < WIDTH / 2 ? 0 : -1));
    const { assignment, violations } = solve(grid({}, { permits: { row: west, allowed: Uint8Array.of(0, 1, 0, 1) } }));
    expect(messages(violations)).toEqual([]);
    expect(new Set(assignment.filter((_, u) => west[u] === 0))).toEqual(new Set([1, 3]));
  });

  it('a unit that only the farthest territory may serve, by a corridor', () => {
    const free = solve(grid());
    const corner = free.assignment[0]!;
    const opposite = free.assignment[UNITS - 1]!;
    const row = new Int32Array(UNITS).fill(-1);
    row[0] = 0;
    const allowed = new Uint8Array(4);
    allowed[opposite] = 1;
    const { assignment, violations } = solve(grid({}, { permits: { row, allowed } }));
    expect(corner).not.toBe(opposite);
    expect(assignment[0]).toBe(opposite);
    expect(messages(violations)).toEqual([]);
  });

  it('a group of a whole row, with what lies between its ends', () => {
    const together = Int32Array.from({ length: UNITS }, (_, u) => (u === 0 || u === WIDTH - 1 ? 0 : -1));
    const { assignment, violations } = solve(grid({}, { together, groupIds: ['ends'] }));
    expect(messages(violations)).toEqual([]);
    expect(assignment[0]).toBe(assignment[WIDTH - 1]);
  });

  it('loads that territories have before any unit', () => {
    const problem = grid();
    const baseLoad = Float64Array.of(20, 0, 0, 0);
    const target = problem.target.map(() => (UNITS + 20) / 4);
    const bounds = { target, lower: target.map((x) => 0.95 * x), upper: target.map((x) => 1.05 * x) };
    const { assignment, violations, cost, kernel } = solve(grid(bounds, { baseLoad }));
    expect(messages(violations)).toEqual([]);
    expect(assignment.filter((t) => t === 0).length).toBeLessThan(UNITS / 4 - 8);
    expect(kernel.cost).toBeCloseTo(cost.total, 6);
  });

  it('a cost matrix that turns the map around', () => {
    const free = solve(grid({ territories: cornered() }));
    const xy = gridXy(WIDTH, HEIGHT);
    const matrix = new Float64Array(4 * UNITS);
    for (let u = 0; u < UNITS; u++) {
      CORNERS.forEach(([x, y], t) => {
        matrix[4 * u + t] = (WIDTH - 1 - xy[2 * u]! - x) ** 2 + (xy[2 * u + 1]! - y) ** 2;
      });
    }
    const turned = solve(grid({}, { matrix }));
    expect(messages(turned.violations)).toEqual([]);
    expect(turned.cost.total).toBeCloseTo(free.cost.total, 6);
    expect(turned.assignment[0]).toBe(free.assignment[WIDTH - 1]);
  });

  it('a territory that may be in pieces, and no other', () => {
    const apart = gridEdges(WIDTH, HEIGHT).filter(([u, v]) => u % WIDTH < 3 === v % WIDTH < 3);
    const islands = tinyProblem({
      activity: [new Array<number>(UNITS).fill(1)],
      edges: apart,
      xy: gridXy(WIDTH, HEIGHT),
      territories: territories(3).map((territory, t) => ({ ...territory, contiguous: t !== 2 })),
      tolerance: 0.05,
    });
    const { assignment, violations } = solve(islands);
    expect(messages(violations)).toEqual([]);
    expect(new Set(assignment.filter((_, u) => u % WIDTH < 3)).has(2)).toBe(true);
  });
});

const CORNERS = [
  [0, 0],
  [WIDTH - 1, 0],
  [0, HEIGHT - 1],
  [WIDTH - 1, HEIGHT - 1],
] as const;

function cornered() {
  return territories(4).map((territory, t) => ({
    ...territory,
    share: 1,
    center: CORNERS[t]!,
    locked: false,
    contiguous: true,
  }));
}

describe('limits on what changes hands', () => {
  /** Today's territories are columns of the grid, the best plan is quarters. */
  const today = Int32Array.from({ length: UNITS }, (_, u) => Math.floor((u % WIDTH) / 3));
  const limited = (max: number) =>
    grid({ today }, { limits: [{ kind: 'accounts', measure: null, max, amount: new Float64Array(UNITS).fill(1) }] });
  const changed = (assignment: Int32Array) => assignment.filter((t, u) => t !== today[u]).length;

  it('leave as it is what may not change at all', () => {
    const { assignment, violations } = solve(limited(0));
    expect(messages(violations)).toEqual([]);
    expect(assignment).toEqual(today);
  });

  it('are used up as far as that pays, and no further', () => {
    let before = Infinity;
    for (const max of [4, 12, 30, UNITS]) {
      const { assignment, violations, cost } = solve(limited(max));
      expect(messages(violations)).toEqual([]);
      expect(changed(assignment)).toBeLessThanOrEqual(max);
      expect(cost.total).toBeLessThan(before);
      before = cost.total;
    }
  });

  it('never leave a plan worse than today’s', () => {
    fc.assert(
      fc.property(
        withDemands(anyProblem({ contiguity: 'off' }), fc.constant(['limits'])),
        fc.constantFrom(0, 2000),
        (problem, moveLimit) => {
          const k = problem.territories.length;
          fc.pre(!!problem.today?.every((t) => t >= 0 && t < k));
          const now = evaluate(problem, createPlan(problem, problem.today!, 1));
          const { assignment } = runKernel(problem, { moveLimit });
          const { violation, cost } = evaluate(problem, createPlan(problem, assignment, 1));
          expect(violation).toBeLessThanOrEqual(now.violation + 1e-7);
          if (Math.abs(violation - now.violation) < 1e-9)
            expect(cost.total).toBeLessThanOrEqual(now.cost.total * (1 + 1e-9));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the mix of classes', () => {
  it('is had at the price of longer ways, the more the more it weighs', () => {
    const big = Array.from({ length: UNITS }, (_, u) => (u % WIDTH < WIDTH / 2 ? 1 : 0));
    const build = (mix: number) => {
      const problem = tinyProblem({
        activity: [new Array<number>(UNITS).fill(1), big, big.map((x) => 1 - x)],
        measures: ['all', 'big', 'small'],
        edges: gridEdges(WIDTH, HEIGHT),
        xy: gridXy(WIDTH, HEIGHT),
        territories: territories(4),
        tolerance: 0.1,
        objective: { mix },
      });
      const bounds = (free: number) => (x: number, i: number) => (i < 4 ? x : free);
      return {
        ...problem,
        lower: problem.lower.map(bounds(-Infinity)),
        upper: problem.upper.map(bounds(Infinity)),
        demands: {
          ...NO_DEMANDS,
          mix: { measures: Int32Array.of(1, 2), classes: ['big', 'small'], target: Float64Array.of(0.5, 0.5) },
          classMeasures: [1, 2],
        },
      };
    };
    const [none, some, much] = [0, 100, 10_000].map((mix) => solve(build(mix)).cost);
    expect(none!.mix).toBeGreaterThan(some!.mix);
    expect(some!.mix).toBeGreaterThanOrEqual(much!.mix);
    expect(much!.mix).toBeLessThan(0.1);
    expect(none!.inertia).toBeLessThan(much!.inertia);
  });
});

describe('a plan from outside', () => {
  it('is brought in line with pins and permits before it is gone on from', () => {
    const free = solve(grid());
    const pinned = new Int32Array(UNITS).fill(-1);
    pinned[0] = free.assignment[UNITS - 1]!;
    const row = Int32Array.from({ length: UNITS }, (_, u) => (u === WIDTH - 1 ? 0 : -1));
    const allowed = Uint8Array.from([0, 1, 2, 3], (t) => (t === free.assignment[WIDTH - 1] ? 0 : 1));
    const problem = grid({ pinned }, { permits: { row, allowed } });
    const kernel = createKernel(kernelModule('release'), problem);
    const from = { assignment: free.assignment, lessons: new Float64Array(kernel.lessons().length) };
    kernel.start({ seed: 1, start: 0, moveLimit: 50_000, from });
    while (kernel.phase !== 'done') kernel.step(10_000, 0);
    const { violations } = evaluate(problem, createPlan(problem, kernel.assignment(), 1));
    expect(messages(violations)).toEqual([]);
  });
});
