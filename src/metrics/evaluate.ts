import { checkPlan } from '../plan/plan.js';
import { round } from '../problem/sphere.js';
import type { Cost, Evaluation, Plan, Problem, Violation } from '../types.js';
import { measureBalances } from './balance.js';
import { countCutLinks } from './cut-edges.js';
import { countSplits, limitViolations, splitViolations } from './demands/find-broken.js';
import { measureLimits } from './demands/move-limits.js';
import { type Moved, sumDisruption } from './disruption.js';
import { basePlan, describePlan, type PlanTally, tallyPlan } from './plan-tally.js';
import { meanCompactness } from './shape.js';
import { groupViolations } from './violations.js';

/**
 * Judges a plan: what it violates, what it costs, and the figures of every territory. A plan that breaks the problem's
 * demands is still a result, with `feasible: false`. Exact and deterministic; the search's own score agrees with it.
 * About O(n + E + A log A); with `objective.center: 'unit'` more, see `findBestUnit`.
 *
 * @throws {TerritoryError} PLAN_MISMATCH when the plan belongs to another problem.
 */
export function evaluate(problem: Problem, plan: Plan): Evaluation {
  checkPlan(problem, plan);
  return summarize(tallyPlan(problem, { assignment: plan.assignment, accounts: plan.accounts ?? null }));
}

/** The figures of a plan from the tallies of its territories. O(k M log k + links + split groups). */
export function summarize(tally: PlanTally): Evaluation {
  const { basis, territories, pool } = tally;
  const { problem, holdings } = basis;
  const k = territories.length;
  const loads = new Float64Array(problem.measures.length * k);
  territories.forEach((territory, t) => {
    for (let m = 0; m < problem.measures.length; m++) loads[m * k + t] = territory.loads[m]!;
  });
  const metrics = describePlan(tally);
  const violations = [
    ...pool.violations,
    ...territories.flatMap((territory) => territory.violations),
    ...wholeViolations(tally),
  ];
  const { violation, cost } = scoreOf(tally);
  return {
    feasible: violations.length === 0,
    violations,
    violation,
    cost,
    balance: measureBalances(problem, loads),
    extraComponents: metrics.reduce((extra, { components }) => extra + Math.max(0, components - 1), 0),
    cutEdges: cost.cutEdges,
    borderKm: problem.edgeKm ? cost.borderKm : null,
    compactness: meanCompactness(metrics),
    disruption: holdings && sumDisruption(problem, holdings, listMoved(tally)),
    travelKm: problem.accountUnit ? metrics.reduce((sum, { travelKm }) => sum + travelKm!, 0) : null,
    territories: metrics,
  };
}

/** Violations of no single territory: groups that must stay together, limits on what changes hands, groups of accounts. */
export function wholeViolations(tally: PlanTally): Violation[] {
  const { problem, holdings } = tally.basis;
  const together = tally.territories.map((territory) => territory.together);
  const groups = tally.territories.map((territory) => territory.groups);
  return [
    ...splitViolations(problem, together),
    ...limitViolations(
      holdings ? measureLimits(holdings, listMoved(tally)) : [],
      problem.accountUnit ? 'accounts' : 'units',
    ),
    ...groupViolations(problem, groups),
  ];
}

/** What plans are compared by: the violation first, then `cost.total`. */
export interface Score {
  readonly violation: number;
  readonly cost: Cost;
}

/** O(k + links). */
export function scoreOf(tally: PlanTally): Score {
  const { basis, assignment, territories, pool } = tally;
  const { objective, demands } = basis.problem;
  let violation = pool.violation;
  let km = pool.borderKm;
  let mix = 0;
  let slots = pool.cutSlots;
  let disruption = pool.moved?.weight ?? 0;
  let inertia = 0;
  const based = demands?.matrix ? null : basePlan(tally);
  territories.forEach((territory, t) => {
    violation += territory.violation;
    slots += territory.cutSlots;
    disruption += territory.moved?.weight ?? 0;
    inertia += based?.get(t)?.cost ?? territory.inertia;
    km += territory.borderKm;
    mix += territory.mix;
  });
  if (demands?.together) {
    const held = territories.map(({ together }) => together);
    violation += countSplits(demands.groupIds.length, held);
  }
  if (basis.holdings && demands && demands.limits.length > 0) {
    for (const { excess } of measureLimits(basis.holdings, listMoved(tally))) violation += excess;
  }
  const cutEdges = slots / 2 - countCutLinks(basis, assignment);
  // Edges have whole millionths of a kilometre, and so has their sum, in whatever order it was taken.
  const borderKm = round(km / 2, 6);
  const total =
    objective.inertia * inertia +
    objective.cutEdges * cutEdges +
    objective.borderKm * borderKm +
    objective.disruption * disruption +
    objective.mix * mix;
  return { violation, cost: { inertia, cutEdges, borderKm, disruption, mix, total } };
}

function listMoved({ territories, pool }: PlanTally): Moved[] {
  return [pool, ...territories].flatMap((each) => each.moved ?? []);
}
