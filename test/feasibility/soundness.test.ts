import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Conflict } from '../../src/feasibility/conflict.js';
import { proveConflicts } from '../../src/feasibility/prove-conflicts.js';
import { listRelaxations } from '../../src/feasibility/relaxations.js';
import { evaluate } from '../../src/metrics/evaluate.js';
import { createPlan } from '../../src/plan/plan.js';
import type { Problem } from '../../src/types.js';
import { NO_DEMANDS, withDemands } from '../demand-arbitraries.js';
import { tinyCase } from '../kernel/tiny-cases.js';

/** Plans that are evaluated one by one at most. */
const MOST_PLANS = 260;

/** The problem with nothing but the demands that the conflict names. */
function onlyThese(problem: Problem, { demands, measure }: Conflict): Problem {
  return listRelaxations(problem)
    .filter((relaxation) => {
      const ofAnother = measure !== null && /of /.test(relaxation.name) && !relaxation.name.endsWith(`of ${measure}`);
      return ofAnother || !relaxation.demands.some((demand) => demands.includes(demand));
    })
    .reduce((relaxed, { drop }) => drop(relaxed), problem);
}

/** Whether some plan breaks nothing, territories without units left out of account. */
function hasPlan(problem: Problem): boolean {
  const n = problem.ids.length;
  const k = problem.territories.length;
  for (let code = 0; code < k ** n; code++) {
    const assignment = Int32Array.from({ length: n }, (_, u) => Math.floor(code / k ** u) % k);
    const { violations } = evaluate(problem, createPlan(problem, assignment));
    if (violations.every(({ kind }) => kind === 'empty')) return true;
  }
  return false;
}

/** Locks, classes and bounds that documents may lead to, beside what `withDemands` draws. */
const problems = withDemands(
  fc
    .tuple(
      tinyCase({ objective: { disruption: 1 } }).filter(
        ({ ids, territories }) => territories.length ** ids.length <= MOST_PLANS,
      ),
      fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
      fc.constantFrom('balance', 'mix', 'capacity'),
      fc.array(fc.constantFrom(1, 1, 1, 0.8, 0.3), { minLength: 6, maxLength: 6 }),
    )
    .map(([problem, locks, classes, caps]) => ({
      ...problem,
      territories: problem.territories.map((territory, t) => ({
        ...territory,
        locked: locks[t]! && locks[(t + 1) % 3]! && (problem.today?.includes(t) ?? false),
      })),
      lower: classes === 'capacity' ? problem.lower.map(() => -Infinity) : problem.lower,
      upper: problem.upper.map((x, i) => x * caps[i % 6]!),
      demands:
        classes === 'balance' ? problem.demands : { ...NO_DEMANDS, classMeasures: problem.measures.map((_, m) => m) },
    })),
  fc.subarray(['pins', 'permits', 'scatter', 'base', 'limits', 'together'] as const),
);

describe('what is proven', () => {
  it('no plan meets, whatever else is dropped', () => {
    const kinds = new Map<string, number>();
    for (const problem of fc.sample(problems, { numRuns: 500, seed: 11 })) {
      for (const conflict of proveConflicts(problem)) {
        kinds.set(conflict.kind, (kinds.get(conflict.kind) ?? 0) + 1);
        expect(hasPlan(onlyThese(problem, conflict)), `${conflict.demands}: ${conflict.message}`).toBe(false);
      }
    }
    // the sample has conflicts of every kind
    expect([...kinds.keys()].sort()).toEqual(['apart', 'bounds', 'heavy', 'island', 'limit', 'service', 'totals']);
  });
});
