import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/metrics/evaluate.js';
import { createPlan } from '../../src/plan/plan.js';
import type { Problem } from '../../src/types.js';
import { gridEdges, gridXy, territories, tinyProblem } from '../metrics/tiny-problem.js';
import { runKernel } from './kernel-fixture.js';

/** A country of so many territories that centres are sought region by region: towns, open land, a ragged outline. */
function country(width: number, height: number, k: number, seed: number, options: Partial<Country> = {}): Problem {
  const { tolerance = 0.2, locks = 0, measures = 1 } = options;
  const n = width * height;
  const loads = (m: number) =>
    Array.from({ length: n }, (_, u) => {
      const x = Math.imul(u * 7919 + seed * 104_729 + m * 65_537, 2_654_435_761) >>> 8;
      return x % 11 === 0 ? 12 : 1 + (x % 4);
    });
  // blocks of land that locked territories hold today
  const block = (u: number) => Math.floor((u % width) / 5) + 8 * Math.floor(u / width / 5);
  const hasLock = (t: number) => t > 0 && t <= locks;
  return tinyProblem({
    activity: Array.from({ length: measures }, (_, m) => loads(m)),
    edges: gridEdges(width, height),
    xy: gridXy(width, height).map((c, i) => c + 0.3 * Math.sin(i * 12.9898 + seed)),
    territories: territories(k).map((spec, t) => ({ ...spec, locked: hasLock(t), share: 1 + ((t * seed) % 3) / 4 })),
    tolerance,
    today: Array.from({ length: n }, (_, u) => (hasLock(block(u)) ? block(u) : -1)),
  });
}
interface Country {
  readonly tolerance: number;
  readonly locks: number;
  readonly measures: number;
}

/** Holds a plan to what every plan must be, imbalance aside. */
function expectWhole(problem: Problem, assignment: Int32Array): void {
  const { violations } = evaluate(problem, createPlan(problem, assignment, 1));
  expect(violations.filter(({ kind }) => kind !== 'balance')).toEqual([]);
  const held = problem.territories.map(({ locked }) => locked);
  problem.today!.forEach((t, u) => {
    if (t >= 0) expect(assignment[u]).toBe(t);
    else expect(held[assignment[u]!]).toBe(false);
  });
}

describe('a search for centres by regions', () => {
  it.each([
    [1, 45, 45, 120, {}],
    [2, 60, 60, 125, { measures: 2 }],
    [3, 45, 50, 110, { locks: 4 }],
    [4, 70, 60, 130, { tolerance: 0.05 }],
  ] as const)('ends in whole territories, problem %s', (seed, width, height, k, options) => {
    const problem = country(width, height, k, seed, options);
    for (const moveLimit of [1000, 1_000_000, 4_000_000]) {
      const { assignment } = runKernel(problem, { seed, moveLimit });
      expectWhole(problem, assignment);
    }
  });

  it.each([
    [1, 45, 45, 120, {}],
    [2, 40, 50, 110, { locks: 3, measures: 2 }],
    [3, 65, 65, 120, {}],
  ] as const)('comes to one plan however it is cut into steps, problem %s', (seed, width, height, k, options) => {
    const problem = country(width, height, k, seed, options);
    for (const [start, moveLimit] of [
      [0, 1000],
      [1, 2_000_000],
    ] as const) {
      const whole = runKernel(problem, { seed, start, moveLimit, effort: 1e6 });
      for (const effort of [1, 333]) {
        const cut = runKernel(problem, { seed, start, moveLimit, effort });
        expect(cut.assignment).toEqual(whole.assignment);
        expect(cut.kernel.cost).toBe(whole.kernel.cost);
        expect(cut.kernel.moves).toBe(whole.kernel.moves);
      }
    }
  });
});

describe('moves along a border of tens of thousands of units', () => {
  // territories of eight units each: all of the land is border
  const problem = country(200, 200, 5000, 5, { tolerance: 0.8 });

  it('end in whole territories and in one plan however they are cut into steps', () => {
    const moveLimit = 6_000_000;
    const whole = runKernel(problem, { seed: 5, moveLimit, effort: 1e6 });
    expectWhole(problem, whole.assignment);
    expect(runKernel(problem, { seed: 5, moveLimit, effort: 3001 }).assignment).toEqual(whole.assignment);
  }, 120_000);
});
