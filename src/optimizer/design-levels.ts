/** Territories within districts within regions: every level balanced by its own rules, and all of them nested. */
import { invalid } from '../errors.js';
import { evaluate } from '../metrics/evaluate.js';
import { type RollUpRow, rollUp } from '../metrics/roll-up.js';
import { resolveOptimizeOptions } from '../options.js';
import { createPlan } from '../plan/plan.js';
import { levelProblem } from '../problem/level-problem.js';
import type {
  Evaluation,
  Level,
  OptimizeOptions,
  OptimizeResult,
  Optimizer,
  Plan,
  Problem,
  ProblemInput,
  Progress,
} from '../types.js';
import { bottomUpWork, designBottomUp } from './bottom-up.js';
import { JointProgress } from './joint-progress.js';
import { LevelSearch } from './level-search.js';
import { checkObject, isProblem } from './optimizer.js';
import { designTopDown, topDownWork } from './top-down.js';

export interface LevelProgress extends Progress {
  /** Name of the level that is being searched; `'territory'` for the lowest. */
  readonly level: string;
}

/** `timeLimitMs` is for all searches together, in proportion to their work; other limits hold for each. */
export interface LevelOptions extends Omit<OptimizeOptions, 'onProgress' | 'preview' | 'bound' | 'boundTimeLimitMs'> {
  /**
   * `'top-down'` divides the whole into the topmost groups and each group further: the upper levels get the best
   * shapes. `'bottom-up'` designs territories first and puts neighbours together. @default 'top-down'
   */
  readonly order?: 'top-down' | 'bottom-up';
  readonly onProgress?: (progress: LevelProgress) => void;
}

export interface LevelPlan {
  readonly name: string;
  /** Ids of the groups, and the group of each territory. */
  readonly groups: readonly string[];
  readonly of: Int32Array;
  /** The same units with the groups as territories: what the level's plan and evaluation belong to. */
  readonly problem: Problem;
  readonly plan: Plan;
  readonly evaluation: Evaluation;
  /** What the groups' territories add up to. */
  readonly rows: readonly RollUpRow[];
}

export interface LevelsResult {
  readonly problem: Problem;
  /** Units to territories. */
  readonly plan: Plan;
  readonly evaluation: Evaluation;
  /** The topmost first. Nested: a group holds whole groups of the level below, and those whole territories. */
  readonly levels: readonly LevelPlan[];
  readonly status: OptimizeResult['status'];
  readonly stats: { readonly seed: number; readonly moves: number; readonly elapsedMs: number };
}

const PREPARE_SHARE = 0.05;

/**
 * Designs the territories of a problem and the levels above them. Top-down, the territories of a group are those that
 * its level names, or as many; bottom-up, levels that give a number of groups get neighbouring territories, and the
 * bounds of a level apply to the groups found. An abort rejects, or under `onAbort: 'return-best'` ends the search that
 * is under way with its best plan and builds the rest without searching. Deterministic for a seed without time limit.
 * No lower bound is proven.
 *
 * @throws {TerritoryError} INVALID_INPUT without levels; INVALID_OPTION; and whatever `prepare` and `optimize` reject
 * with.
 * @example
 * const levels = [{ name: 'region', groups: 2 }, { name: 'district', groups: 6 }];
 * const { plan, levels: [regions] } = await designLevels(optimizer, { ...input, territories: 24, levels });
 */
export async function designLevels(
  optimizer: Pick<Optimizer, 'prepare' | 'optimize'>,
  input: Problem | ProblemInput,
  options: LevelOptions = {},
): Promise<LevelsResult> {
  const { order = 'top-down', onProgress, ...run } = options;
  const { seed } = resolveOptimizeOptions({ ...run, ...(onProgress === undefined ? {} : { onProgress }) });
  if (order !== 'top-down' && order !== 'bottom-up') {
    throw invalid('order', order, "must be 'top-down' or 'bottom-up'", 'INVALID_OPTION');
  }
  checkObject(input);
  const progress = new JointProgress<Pick<LevelProgress, 'level'>>(onProgress);
  const { signal, progressIntervalMs } = run;
  const problem = isProblem(input)
    ? input
    : await optimizer.prepare(input, {
        ...(signal ? { signal } : {}),
        ...(progressIntervalMs === undefined ? {} : { progressIntervalMs }),
        ...progress.part(PREPARE_SHARE, { level: 'territory' }),
      });
  progress.end(0);
  if (problem.levels.length === 0) throw invalid('levels', undefined, 'must have at least one level');

  const work = order === 'top-down' ? topDownWork(problem) : bottomUpWork(problem);
  const search = new LevelSearch(optimizer, run, work / (1 - PREPARE_SHARE), progress);
  const { assignment, levels } =
    order === 'top-down'
      ? { assignment: await designTopDown(problem, search), levels: problem.levels }
      : await designBottomUp(problem, search);

  const plan = createPlan(problem, assignment, seed);
  const evaluation = evaluate(problem, plan);
  const tables = rollUp(problem, plan, levels);
  progress.done({ violation: evaluation.violation, cost: evaluation.cost.total }, { level: 'territory' });
  return {
    problem,
    plan,
    evaluation,
    levels: levels.map((level, l) => ({ ...planLevel(problem, plan, level), rows: tables[l]! })),
    status: search.status,
    stats: { seed, moves: progress.moves, elapsedMs: progress.elapsedMs },
  };
}

function planLevel(problem: Problem, { assignment, seed }: Plan, level: Level): Omit<LevelPlan, 'rows'> {
  const whole = levelProblem(problem, level);
  const byGroup = assignment.map((t) => (t < 0 ? -1 : level.of[t]!));
  const plan = createPlan(whole, byGroup, seed);
  return {
    name: level.name,
    groups: level.groups,
    of: level.of,
    problem: whole,
    plan,
    evaluation: evaluate(whole, plan),
  };
}
