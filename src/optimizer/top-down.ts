/** Levels from the top: the whole into regions, every region into districts, every district into territories. */
import { groupUnits } from '../metrics/members.js';
import { carveProblem } from '../problem/carve.js';
import { levelProblem } from '../problem/level-problem.js';
import type { Problem } from '../types.js';
import type { LevelSearch } from './level-search.js';

/** Load beyond the bounds below this share of them is rounding. */
const EPSILON = 1e-9;

/** Work of all searches of `designTopDown`, in units: every level divides all of them. */
export function topDownWork({ ids, levels }: Problem): number {
  return ids.length * (levels.length + 1);
}

/**
 * Territory per unit. Each level is searched within the groups of the level above and contiguous in them. Groups of
 * several are held to half of the room that the bounds below them leave, so that those still have some. What locked
 * territories hold is pinned to their groups.
 */
export async function designTopDown(problem: Problem, search: LevelSearch): Promise<Int32Array> {
  const steps = listSteps(problem);
  let assignment: Int32Array = new Int32Array(problem.ids.length);
  let parents: Int32Array = new Int32Array(steps[0]!.problem.territories.length);
  let groups = 1;
  for (const step of steps) {
    const members = groupUnits(assignment, groups);
    const next = new Int32Array(assignment.length).fill(-1);
    for (let g = 0; g < groups; g++) {
      const units = members.units.subarray(members.offsets[g]!, members.offsets[g + 1]!);
      const children = Int32Array.from(parents.keys()).filter((c) => parents[c] === g);
      const own = await divide(step, units, children, search);
      units.forEach((u, i) => {
        next[u] = own[i]!;
      });
    }
    assignment = next;
    groups = step.problem.territories.length;
    parents = step.parentsBelow;
  }
  return assignment;
}

interface Step {
  readonly name: string;
  /** The whole at this level, under the bounds that the search is held to. */
  readonly problem: Problem;
  /** Group of this level of every group of the level below. */
  readonly parentsBelow: Int32Array;
}

function listSteps(given: Problem): Step[] {
  const { levels, territories } = given;
  const problem = shareLimits(given, levels.length + 1);
  const own = Int32Array.from(territories.keys());
  let below: Step = { name: 'territory', problem, parentsBelow: new Int32Array(0) };
  let items: Int32Array = own;
  const steps = [below];
  for (let l = levels.length - 1; l >= 0; l--) {
    const level = levels[l]!;
    const parents = new Int32Array(below.problem.territories.length);
    items.forEach((item, t) => {
      parents[item] = level.of[t]!;
    });
    const whole = levelProblem(problem, level);
    below = { name: level.name, problem: leaveRoom(whole, below.problem, parents), parentsBelow: parents };
    steps.unshift(below);
    items = level.of;
  }
  return steps;
}

/** Accounts may change hands on every level, so each level gets its part of what may. */
function shareLimits(problem: Problem, heights: number): Problem {
  const { demands } = problem;
  if (!demands) return problem;
  return {
    ...problem,
    demands: { ...demands, limits: demands.limits.map((limit) => ({ ...limit, max: limit.max / heights })) },
  };
}

/** Bounds within those of the level and within half of the room of the level below; the level's own where both clash. */
function leaveRoom(whole: Problem, below: Problem, parents: Int32Array): Problem {
  const g = whole.territories.length;
  const k = below.territories.length;
  const size = new Int32Array(g);
  for (const parent of parents) size[parent]!++;
  const lower = new Float64Array(whole.lower.length);
  const upper = new Float64Array(whole.upper.length);
  for (let i = 0; i < below.target.length; i++) {
    const parent = parents[i % k]!;
    const at = Math.floor(i / k) * g + parent;
    const part = size[parent]! > 1 ? 0.5 : 1;
    lower[at]! += below.target[i]! + part * (below.lower[i]! - below.target[i]!);
    upper[at]! += below.target[i]! + part * (below.upper[i]! - below.target[i]!);
  }
  for (let i = 0; i < lower.length; i++) {
    lower[i] = Math.max(lower[i]!, whole.lower[i]!);
    upper[i] = Math.min(upper[i]!, whole.upper[i]!);
    if (lower[i]! > upper[i]!) [lower[i], upper[i]] = [whole.lower[i]!, whole.upper[i]!];
  }
  return { ...whole, lower, upper };
}

/** Child of each unit of a group. */
async function divide(step: Step, units: Int32Array, children: Int32Array, search: LevelSearch): Promise<Int32Array> {
  if (units.length === 0) return new Int32Array(0);
  // Too few for all: one each, and the violations of the rest are told by the evaluation.
  if (units.length < children.length) return children.slice(0, units.length);
  const kept = carveProblem(step.problem, units, children, { targets: 'kept' });
  const part = hasRoom(kept) ? kept : carveProblem(step.problem, units, children);
  return (await search.run(part, step.name)).map((c) => (c < 0 ? -1 : children[c]!));
}

/** Whether the bounds can hold what there is. Where they cannot, even shares are better than bounds that all break. */
function hasRoom({ ids, measures, activity, demands, lower, upper, territories }: Problem): boolean {
  const n = ids.length;
  const k = territories.length;
  return measures.every((_, m) => {
    const sum = (values: Float64Array, from: number, to: number) =>
      values.subarray(from, to).reduce((total, x) => total + x, 0);
    const laid = demands?.baseLoad ? sum(demands.baseLoad, m * k, (m + 1) * k) : 0;
    const load = laid + sum(activity, m * n, (m + 1) * n);
    const room = EPSILON * Math.abs(load);
    return sum(lower, m * k, (m + 1) * k) <= load + room && load <= sum(upper, m * k, (m + 1) * k) + room;
  });
}
