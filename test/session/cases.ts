import fc from 'fast-check';
import { createPlan } from '../../src/plan/plan.js';
import type { Plan, Problem } from '../../src/types.js';
import { problem as plainProblem } from '../arbitraries.js';
import { withDemands } from '../demand-arbitraries.js';

/** A problem of any kind, with and without demands. */
export const anyProblem = () => withDemands(plainProblem());

/** A problem of any kind with any plan: units without a territory, and accounts laid over the map, are among them. */
export function planCase(): fc.Arbitrary<{ problem: Problem; plan: Plan }> {
  return anyProblem().chain((problem) => {
    const own = fc.integer({ min: -1, max: problem.territories.length - 1 });
    const accounts = problem.accountIds?.length ?? 0;
    const values = (length: number) => fc.array(own, { minLength: length, maxLength: length });
    return fc
      .tuple(values(problem.ids.length), accounts > 0 ? fc.option(values(accounts)) : fc.constant(null))
      .map(([assignment, laid]) => ({ problem, plan: createPlan(problem, assignment, null, laid) }));
  });
}
