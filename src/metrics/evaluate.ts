import { checkPlan } from '../plan/plan.js';
import type { Evaluation, Plan, Problem, TerritoryMetrics } from '../types.js';
import { deviations, measureBalances, territoryLoads } from './balance.js';
import { measureBorder } from './border-length.js';
import { countComponents, extraComponents } from './contiguity.js';
import { countCutEdges } from './cut-edges.js';
import { mixDistance } from './demands/mix.js';
import { disruptionCost, measureDisruption } from './disruption.js';
import { measureInertia } from './inertia.js';
import { measureRecord } from './measure-record.js';
import { meanCompactness, measureShapes } from './shape.js';
import { estimateTravel } from './travel.js';
import { findViolations, totalViolation } from './violations.js';

/**
 * Judges a plan: what it violates, what it costs, and the figures of every territory. A plan that breaks the problem's
 * demands is still a result, with `feasible: false`. Exact and deterministic; the search's own score agrees with it.
 * About O(n + E + A log A); with `objective.center: 'unit'` more, see `findBestUnit`.
 *
 * @throws {TerritoryError} PLAN_MISMATCH when the plan belongs to another problem.
 */
export function evaluate(problem: Problem, plan: Plan): Evaluation {
  checkPlan(problem, plan);
  const { assignment } = plan;
  const { objective, measures } = problem;
  const k = problem.territories.length;
  const loads = territoryLoads(problem, assignment);
  const components = countComponents(problem, assignment);
  const shapes = measureShapes(problem, assignment);
  const travel = planTravel(problem, assignment);
  const { inertia, centers } = measureInertia(problem, assignment);
  const violations = findViolations(problem, assignment, loads, components);

  const cutEdges = countCutEdges(problem, assignment);
  const borderKm = measureBorder(problem, assignment);
  const disruption = disruptionCost(problem, assignment);
  const mix = mixDistance(problem, loads);
  const inertiaCost = inertia.reduce((sum, x) => sum + x, 0);
  const deviation = deviations(problem, loads);
  const { units, accounts } = countMembers(problem, assignment);

  return {
    feasible: violations.length === 0,
    violations,
    violation: totalViolation(violations),
    cost: {
      inertia: inertiaCost,
      cutEdges,
      borderKm: borderKm ?? 0,
      disruption,
      mix,
      total:
        objective.inertia * inertiaCost +
        objective.cutEdges * cutEdges +
        objective.borderKm * (borderKm ?? 0) +
        objective.disruption * disruption +
        objective.mix * mix,
    },
    balance: measureBalances(problem, loads),
    extraComponents: extraComponents(components),
    cutEdges,
    borderKm,
    compactness: meanCompactness(shapes),
    disruption: measureDisruption(problem, assignment),
    travelKm: travel ? travel.reduce((sum, x) => sum + x, 0) : null,
    territories: problem.territories.map(
      ({ id }, t): TerritoryMetrics => ({
        id,
        units: units[t]!,
        accounts: accounts ? accounts[t]! : null,
        activity: measureRecord(measures, (m) => loads[m * k + t]!),
        deviation: measureRecord(measures, (m) => deviation[m * k + t]!),
        components: components[t]!,
        center: centers[t]!,
        inertia: inertia[t]!,
        ...shapes[t]!,
        travelKm: travel ? travel[t]! : null,
      }),
    ),
  };
}

function planTravel(problem: Problem, assignment: Int32Array): Float64Array | null {
  if (!problem.accountUnit) return null;
  const reps = problem.accountUnit.map((u) => assignment[u]!);
  return estimateTravel(problem, reps, problem.territories.length);
}

function countMembers(problem: Problem, assignment: Int32Array): { units: Int32Array; accounts: Int32Array | null } {
  const k = problem.territories.length;
  const units = new Int32Array(k);
  const accounts = problem.accountCount ? new Int32Array(k) : null;
  for (let u = 0; u < assignment.length; u++) {
    const t = assignment[u]!;
    if (t < 0) continue;
    units[t]!++;
    if (accounts) accounts[t]! += problem.accountCount![u]!;
  }
  return { units, accounts };
}
