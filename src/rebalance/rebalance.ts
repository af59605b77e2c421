/** Repairs a plan around an edit: carves out the territories concerned, searches them in a worker, puts them back. */
import { compareViolations } from '../metrics/compare-scores.js';
import { scoreOf, summarize } from '../metrics/evaluate.js';
import { rememberTally, tallyOf } from '../metrics/known-tallies.js';
import { amendTally, type PlanTally, touchedBy } from '../metrics/plan-tally.js';
import type { Call } from '../optimizer/optimizer.js';
import type { WorkerPool } from '../optimizer/worker-pool.js';
import { moveUnitsTo } from '../session/changes.js';
import type { Plan, Problem, RebalanceResult, TerritoryId } from '../types.js';
import type { ResolvedRebalanceOptions } from './options.js';
import { carvePart, type PartProblem } from './part-problem.js';
import { joinUp, regionViolation, widenAround, widenUntilFit } from './region.js';
import { searchRegion } from './search-region.js';

/** Regions that are tried, each wider than the one before. */
const MOST_ATTEMPTS = 5;
/** When no region would do, the widest is searched once more, so many times as long. */
const PATIENCE = 8;
/** Territories beyond those to begin with that may change when the caller names no number. */
const USUAL_HELPERS = 10;

export async function rebalancePlan(
  pool: WorkerPool,
  problem: Problem,
  plan: Plan,
  options: ResolvedRebalanceOptions,
  call: Call,
): Promise<RebalanceResult> {
  const before = tallyOf(problem, plan);
  const broken = problem.territories.map((_, t) => t).filter((t) => before.territories[t]!.violation > 0);
  const touch = options.touch ?? broken.filter((t) => !options.locked.has(t));
  call.progress.search(null);
  const repair = await repairAround(pool, before, touch, options, call);
  call.progress.done(null);
  const { best, region, moves, attempts } = repair;
  const territories = changedTerritories(before, best);
  const balanced = regionViolation(best, region) === 0;
  return {
    plan: territories.length > 0 ? planOf(plan, best, options.seed) : plan,
    evaluation: summarize(best),
    territories,
    balanced,
    message: balanced ? null : describeRest(best, region),
    stats: { moves, attempts, elapsedMs: call.progress.elapsedMs },
  };
}

interface Repair {
  readonly best: PlanTally;
  /** Territories that could have changed, ascending. */
  readonly region: readonly number[];
  readonly moves: number;
  readonly attempts: number;
}

/** Searches wider and wider regions until the territories in them break no bound. */
async function repairAround(
  pool: WorkerPool,
  before: PlanTally,
  touch: readonly number[],
  options: ResolvedRebalanceOptions,
  call: Call,
): Promise<Repair> {
  let best = before;
  let moves = 0;
  let attempts = 0;
  if (regionViolation(before, touch) === 0) return { best, region: touch, moves, attempts };
  const { locked } = options;
  const most = options.maxTerritories ?? touch.length + USUAL_HELPERS;
  const limits = { locked, pinned: new Set(options.pinned) };
  let region = joinUp(before, widenUntilFit(before, touch, locked, most), limits, most);
  for (let last = false; ; ) {
    const part = carvePart(best, region, limits.pinned);
    if (isOpen(part)) {
      const result = await searchRegion(pool, part, attempts++, last ? PATIENCE : 1, options, call);
      moves += result.moves;
      if (result.plan) best = better(best, putBack(best, part, result.plan.assignment));
    }
    // What more than fills a territory and may not move is beyond help: it is no reason to go on.
    const rest = regionViolation(best, region) - part.unavoidable;
    if (last || (attempts > 0 && compareViolations(rest, 0) <= 0)) break;
    const wider = widenAround(best, region, locked, most);
    last = wider.length === region.length || attempts >= MOST_ATTEMPTS;
    if (!last) region = wider;
  }
  return { best, region, moves, attempts };
}

/** Ids of the territories whose units differ, in the order of the problem. O(n). */
function changedTerritories({ basis, assignment }: PlanTally, after: PlanTally): TerritoryId[] {
  const changed = new Set<number>();
  for (let u = 0; u < assignment.length; u++) {
    if (assignment[u] !== after.assignment[u]) changed.add(assignment[u]!).add(after.assignment[u]!);
  }
  return basis.problem.territories.flatMap(({ id }, t) => (changed.has(t) ? [id] : []));
}

/** Whether there is anything to search: a unit that may move, and units enough. */
function isOpen({ problem, units }: PartProblem): boolean {
  return units.length >= problem.territories.length && problem.pinned!.some((t) => t < 0);
}

/** Pins come first: of a group that must stay together and is pinned apart, the search may have moved them. */
function putBack(tally: PlanTally, { problem, units, territories }: PartProblem, assignment: Int32Array): PlanTally {
  const homes = assignment.map((t, i) => (problem.pinned![i]! >= 0 ? problem.pinned![i]! : t));
  const changes = moveUnitsTo(tally, units, (i) => territories[homes[i]!]!);
  return amendTally(tally, changes, touchedBy(tally, changes));
}

function better(a: PlanTally, b: PlanTally): PlanTally {
  const [x, y] = [scoreOf(a), scoreOf(b)];
  const change = compareViolations(y.violation, x.violation) || y.cost.total - x.cost.total;
  return change < 0 ? b : a;
}

function planOf(plan: Plan, tally: PlanTally, seed: number): Plan {
  const after: Plan = { ...plan, seed, assignment: tally.assignment };
  rememberTally(after, tally);
  return after;
}

function describeRest({ territories }: PlanTally, region: readonly number[]): string {
  const rest = region.flatMap((t) => territories[t]!.violations.map(({ message }) => message));
  const more = rest.length > 1 ? ` (and ${rest.length - 1} more)` : '';
  return `The bounds could not be reached by changing ${region.length} territories: ${rest[0]}${more}`;
}
