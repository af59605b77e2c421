/** Tallies of plans that a session has already counted, so that what continues a session need not count them again. */
import type { Plan, Problem } from '../types.js';
import { type PlanTally, tallyPlan } from './plan-tally.js';

const known = new WeakMap<Plan, PlanTally>();

export function rememberTally(plan: Plan, tally: PlanTally): void {
  known.set(plan, tally);
}

/** O(1) for the plan of a session, else as `evaluate`. */
export function tallyOf(problem: Problem, plan: Plan): PlanTally {
  const tally = known.get(plan);
  if (tally?.basis.problem === problem) return tally;
  return tallyPlan(problem, { assignment: plan.assignment, accounts: plan.accounts ?? null });
}
