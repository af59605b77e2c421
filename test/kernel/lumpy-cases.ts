/** Lumpy problems of one unit more than the kernel weighs all plans of, and the best plans of some runs for them. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { evaluate } from '../../src/metrics/evaluate.js';
import { createPlan } from '../../src/plan/plan.js';
import type { Objective, Problem } from '../../src/types.js';
import { territories, tinyProblem } from '../metrics/tiny-problem.js';
import { findBetter } from './exhaustive-parts.js';
import { runStarts } from './kernel-fixture.js';

export interface Options {
  readonly n: number;
  readonly k: number;
  readonly objective?: Partial<Objective>;
  readonly measures?: number;
  /** Unequal shares, or fixed centres, or a locked territory. */
  readonly labels?: 'shares' | 'centers' | 'lock';
  readonly tolerance?: number;
  /** Per run. @default 300,000 */
  readonly moveLimit?: number;
  /** @default 4 */
  readonly runs?: number;
  /** @default 3 */
  readonly cases?: number;
}

/** A triangulated strip, three units wide, of loads so uneven that balance is a puzzle. */
export function lumpyCase({
  n,
  k,
  objective = {},
  measures = 1,
  labels,
  tolerance = 0.02,
}: Options): fc.Arbitrary<Problem> {
  const load = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 100, max: 400 }));
  return fc
    .record({
      activity: fc.array(fc.array(load, { minLength: n, maxLength: n }), { minLength: measures, maxLength: measures }),
      off: fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 2 * n, maxLength: 2 * n }),
      diagonal: fc.array(fc.boolean(), { minLength: n, maxLength: n }),
      today: fc.array(fc.integer({ min: -1, max: k - 1 }), { minLength: n, maxLength: n }),
    })
    .map(({ activity, off, diagonal, today }) => {
      const edges: [number, number][] = [];
      for (let u = 0; u < n; u++) {
        if (u % 3 < 2 && u + 1 < n) edges.push([u, u + 1]);
        if (u + 3 < n) edges.push([u, u + 3]);
        if (u % 3 < 2 && u + 4 < n && diagonal[u]) edges.push([u, u + 4]);
      }
      // the first three units, side by side
      const held = labels === 'lock' ? 3 : 0;
      return tinyProblem({
        activity,
        edges,
        xy: Array.from({ length: n }, (_, u) => [
          (u % 3) + off[2 * u]! / 100,
          Math.floor(u / 3) + off[2 * u + 1]! / 100,
        ]).flat(),
        territories: territories(k).map((spec, t) => ({
          ...spec,
          share: labels === 'shares' ? 2 + t : 1,
          locked: t < held / 3,
          ...(labels === 'centers' && t > 0 ? { center: [1, (t * n) / 6] as const } : {}),
        })),
        tolerance,
        objective,
        today: today.map((t, u) => (u < held ? 0 : held > 0 && t === 0 ? -1 : t)),
      });
    });
}

/** The best of some runs is what no plan in whole territories beats. */
export function expectBest(options: Options): void {
  for (const problem of fc.sample(lumpyCase(options), { numRuns: options.cases ?? 3, seed: 7 })) {
    const found = runStarts(problem, options.runs ?? 4, { moveLimit: options.moveLimit ?? 300_000 });
    const { violation, cost } = evaluate(problem, createPlan(problem, found.assignment, 1));
    expect(found.violation).toBeCloseTo(violation, 9);
    expect(Math.abs(found.cost - cost.total)).toBeLessThanOrEqual(1e-9 * cost.total);
    const best = findBetter(problem, { violation, cost: cost.total });
    expect(violation).toBeCloseTo(best.violation, 8);
    expect(cost.total).toBeLessThanOrEqual(best.cost + 1e-9 * Math.abs(best.cost));
  }
}
