import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/metrics/evaluate.js';
import { createPlan } from '../../src/plan/plan.js';
import type { Problem } from '../../src/types.js';
import { problem as anyProblem } from '../arbitraries.js';
import { runKernel } from './kernel-fixture.js';

/** Problems with some units pinned anywhere, but to no locked territory's gain or loss, and leaving each a unit. */
const pinnedProblems = fc
  .tuple(anyProblem(), fc.array(fc.tuple(fc.nat(99), fc.nat(99)), { minLength: 1, maxLength: 6 }))
  .map(([problem, picks]): Problem => {
    const n = problem.ids.length;
    const k = problem.territories.length;
    const territories = problem.territories.map((territory) => ({ ...territory, locked: false }));
    const pinned = new Int32Array(n).fill(-1);
    for (const [u, t] of picks.slice(0, n - k)) pinned[u % n] = t % k;
    return { ...problem, territories, pinned };
  });

describe('pinned units', () => {
  it('are where they are pinned in every plan, on either target', () => {
    fc.assert(
      fc.property(pinnedProblems, (problem) => {
        const { assignment } = runKernel(problem, { moveLimit: 3000, target: 'debug' });
        problem.pinned!.forEach((t, u) => {
          if (t >= 0) expect(assignment[u]).toBe(t);
        });
        const { violations } = evaluate(problem, createPlan(problem, assignment));
        expect(violations.filter(({ kind }) => kind === 'pinned')).toEqual([]);
        expect(runKernel(problem, { moveLimit: 3000 }).assignment).toEqual(assignment);
      }),
      { numRuns: 60 },
    );
  });
});
