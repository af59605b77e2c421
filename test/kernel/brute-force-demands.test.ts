import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/metrics/evaluate.js';
import { createPlan } from '../../src/plan/plan.js';
import type { Problem, Violation } from '../../src/types.js';
import { DEMAND_KINDS, type DemandKind, withDemands } from '../demand-arbitraries.js';
import type { Score } from './exhaustive.js';
import { runStarts } from './kernel-fixture.js';
import { type TinyCaseOptions, tinyCase } from './tiny-cases.js';

const CASES = 25;
/** Plans that are evaluated one by one at most. */
const MOST_PLANS = 800;

/** What no plan of the search ever breaks. */
const NEVER: readonly Violation['kind'][] = ['locked', 'pinned', 'permit', 'together', 'unassigned'];

/** The best of all plans that keep what is never broken, by the evaluation. */
function findBest(problem: Problem): Score {
  const n = problem.ids.length;
  const k = problem.territories.length;
  let best: Score = { violation: Infinity, cost: Infinity };
  for (let code = 0; code < k ** n; code++) {
    const assignment = Int32Array.from({ length: n }, (_, u) => Math.floor(code / k ** u) % k);
    const { violation, violations, cost } = evaluate(problem, createPlan(problem, assignment, 1));
    if (violations.some(({ kind }) => NEVER.includes(kind))) continue;
    const tied = Math.abs(violation - best.violation) <= 1e-9;
    if (tied ? cost.total < best.cost : violation < best.violation) best = { violation, cost: cost.total };
  }
  return best;
}

/** Whether the units of each group reach each other within it: then nothing is taken along to join them. */
function groupsTouch({ demands, offsets, neighbors }: Problem): boolean {
  const together = demands?.together;
  if (!together) return true;
  return demands.groupIds.every((_, g) => {
    const reached = new Set([together.indexOf(g)]);
    for (const u of reached) {
      if (u < 0) return true;
      for (const v of neighbors.subarray(offsets[u]!, offsets[u + 1]!)) if (together[v] === g) reached.add(v);
    }
    return together.every((h, u) => h !== g || reached.has(u));
  });
}

function expectBest(options: TinyCaseOptions, kinds: readonly DemandKind[] | null, starts: number): void {
  const problems = withDemands(
    tinyCase(options).filter(({ ids, territories }) => territories.length ** ids.length <= MOST_PLANS),
    ...(kinds ? [fc.constant(kinds)] : []),
  );
  for (const problem of fc.sample(problems.filter(groupsTouch), { numRuns: CASES, seed: 7 })) {
    const best = findBest(problem);
    const found = runStarts(problem, starts, { moveLimit: 30_000 });
    const { violation, violations, cost } = evaluate(problem, createPlan(problem, found.assignment, 1));
    const told = violations.map(({ message }) => message).join(' ');
    expect(violation, told).toBeCloseTo(best.violation, 7);
    expect(cost.total, told).toBeLessThanOrEqual(best.cost + 1e-7 * Math.abs(best.cost) + 1e-9);
  }
}

const mixed = { objective: { cutEdges: 0.5, disruption: 0.3 } };

describe('against every plan of tiny problems with demands, the search', () => {
  it.each(DEMAND_KINDS)('finds the best, for %s', (kind) => expectBest(mixed, [kind], 3));
  it('finds the best, for any of them together', () => expectBest(mixed, null, 3));
  it('finds the best where cut edges alone count', () =>
    expectBest({ objective: { inertia: 0, cutEdges: 1 } }, null, 3));
  it('finds the best without contiguity', () => expectBest({ ...mixed, contiguity: 'off' }, null, 3));
});
