/** The metrics of one territory, for all territories of an assignment: what tests compare with worked examples. */
import { basisOf } from '../../src/metrics/basis.js';
import { countComponents as componentsOf } from '../../src/metrics/contiguity.js';
import { evaluate } from '../../src/metrics/evaluate.js';
import { measureInertia as inertiaOf } from '../../src/metrics/inertia.js';
import { groupUnits, listMembers } from '../../src/metrics/members.js';
import { measureShape } from '../../src/metrics/shape.js';
import { createPlan } from '../../src/plan/plan.js';
import type { Problem } from '../../src/types.js';

const members = (problem: Problem, assignment: Int32Array) =>
  listMembers(groupUnits(assignment, problem.territories.length));

const judge = (problem: Problem, assignment: Int32Array) => evaluate(problem, createPlan(problem, assignment));

export function countComponents(problem: Problem, assignment: Int32Array): Int32Array {
  return Int32Array.from(members(problem, assignment), (units) => componentsOf(basisOf(problem), units));
}

export function extraComponents(components: Int32Array): number {
  return components.reduce((extra, count) => extra + Math.max(0, count - 1), 0);
}

export function countCutEdges(problem: Problem, assignment: Int32Array): number {
  return judge(problem, assignment).cutEdges;
}

export function measureShapes(problem: Problem, assignment: Int32Array) {
  return members(problem, assignment).map((units, t) => measureShape(problem, assignment, t, units));
}

export function measureInertia(problem: Problem, assignment: Int32Array) {
  const terms = members(problem, assignment).map((units, t) => inertiaOf(basisOf(problem), t, units));
  return { inertia: Float64Array.from(terms, ({ inertia }) => inertia), centers: terms.map(({ center }) => center) };
}

export function disruptionCost(problem: Problem, assignment: Int32Array): number {
  return judge(problem, assignment).cost.disruption;
}

export function measureDisruption(problem: Problem, assignment: Int32Array) {
  return judge(problem, assignment).disruption;
}
