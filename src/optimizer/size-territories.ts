/** How many territories? One run for each number, and what each comes to. */
import { invalid } from '../errors.js';
import { recommendSize, type SizeRecommendation } from '../metrics/recommend-size.js';
import { resolveOptimizeOptions } from '../options.js';
import { withTerritories } from '../problem/with-territories.js';
import type {
  MeasureName,
  OptimizeOptions,
  OptimizeResult,
  Optimizer,
  Problem,
  ProblemInput,
  Progress,
} from '../types.js';
import { JointProgress } from './joint-progress.js';
import { checkObject, isProblem } from './optimizer.js';

export interface SizingProgress extends Progress {
  /** The number of territories that is being tried; 0 while the problem is prepared. */
  readonly territories: number;
}

/** Limits hold for each run. No lower bounds are proven unless `bound` asks for them. */
export interface SizingOptions extends Omit<OptimizeOptions, 'onProgress' | 'preview'> {
  /** Fewest territories. ≥ 1. */
  readonly from: number;
  /** Most territories, at most as many as there are units. */
  readonly to: number;
  /** ≥ 1. @default 1 */
  readonly step?: number;
  /** What one rep can carry of `measure`, such as hours a year. > 0. @default no limit */
  readonly capacity?: number;
  /** Measure of the workload. @default the objective's weight, else the first balanced measure */
  readonly measure?: MeasureName;
  readonly onProgress?: (progress: SizingProgress) => void;
}

export interface SizingRow {
  /** Number of territories. */
  readonly territories: number;
  readonly status: OptimizeResult['status'];
  readonly feasible: boolean;
  /** Mean workload of a rep, in the measure's own unit. */
  readonly workload: number;
  /** Workload of the rep who has most. */
  readonly largestWorkload: number;
  /** The signed deviation of the workload that is largest in size; 0.04 is 4 % over its target. */
  readonly maxDeviation: number;
  /** Estimated travel of all reps; null without accounts. */
  readonly travelKm: number | null;
  readonly cost: number;
  /** Workload beyond the reps' capacity, over all reps; null without `capacity`. */
  readonly uncovered: number | null;
  readonly result: OptimizeResult;
}

export interface Sizing {
  readonly measure: MeasureName;
  /** Ascending by number of territories. */
  readonly rows: readonly SizingRow[];
  readonly recommendation: SizeRecommendation;
  /** `'aborted'` when some rows are missing, or the last was cut short. */
  readonly status: 'complete' | 'aborted';
}

/** What the first share of the progress goes to. */
const PREPARE_SHARE = 0.05;
/** Excess below this share of the capacity is rounding. */
const EPSILON = 1e-9;

/**
 * Designs territories once for each number `from`, `from + step`, … up to `to`, all with the same seed, and recommends
 * a number. Territories are equal and free (`T1` … `Tk`): those of the input, with their shares and centres, are put
 * aside, and demands that name them are an error. The problem is prepared once: adaptive cells are as fine as the
 * territories of the input ask for. An abort rejects, or under `onAbort: 'return-best'` resolves with what is done, as
 * soon as there is a row; the recommendation leaves out a run that was cut short.
 *
 * @throws {TerritoryError} INVALID_OPTION and INVALID_INPUT with the path, and whatever `optimize` rejects with.
 * @example
 * const { rows, recommendation } = await sizeTerritories(optimizer, input, { from: 8, to: 16, capacity: 1600 });
 */
export async function sizeTerritories(
  optimizer: Pick<Optimizer, 'prepare' | 'optimize'>,
  input: Problem | ProblemInput,
  options: SizingOptions,
): Promise<Sizing> {
  const { from, to, step = 1, capacity, measure: asked, onProgress, ...run } = checkOptions(options);
  const sizes: number[] = [];
  for (let k = from; k <= to; k += step) sizes.push(k);
  const progress = new JointProgress<Pick<SizingProgress, 'territories'>>(onProgress);
  const { signal, progressIntervalMs } = run;
  checkObject(input);
  const problem = isProblem(input)
    ? input
    : await optimizer.prepare(input, {
        ...(signal ? { signal } : {}),
        ...(progressIntervalMs === undefined ? {} : { progressIntervalMs }),
        ...progress.part(PREPARE_SHARE, { territories: 0 }),
      });
  if (to > problem.ids.length) throw bad('to', to, `must not be more than the units there are (${problem.ids.length})`);
  const measure = chooseMeasure(problem, asked);
  // What the largest number does not allow must not cost the searches of the others first.
  withTerritories(problem, sizes.at(-1)!);

  progress.end(0);
  const share = (isProblem(input) ? 1 : 1 - PREPARE_SHARE) / sizes.length;
  const rows: SizingRow[] = [];
  let aborted = false;
  for (const k of sizes) {
    try {
      const sized = withTerritories(problem, k);
      const result = await optimizer.optimize(sized, {
        bound: false,
        ...run,
        ...progress.part(share, { territories: k }),
      });
      progress.end(result.stats.moves);
      rows.push(toRow(result, measure, capacity ?? null));
      aborted = result.status === 'aborted';
    } catch (error) {
      if (rows.length === 0 || !signal?.aborted || run.onAbort !== 'return-best') throw error;
      aborted = true;
    }
    if (aborted) break;
  }
  const last = rows.at(-1)!;
  const { violation, cost } = last.result.evaluation;
  progress.done({ violation, cost: cost.total }, { territories: last.territories });
  return {
    measure,
    rows,
    recommendation: recommendSize(rows.filter(({ status }) => status !== 'aborted')),
    status: aborted ? 'aborted' : 'complete',
  };
}

function toRow(result: OptimizeResult, measure: MeasureName, capacity: number | null): SizingRow {
  const { evaluation, status } = result;
  const loads = evaluation.territories.map(({ activity }) => activity[measure]!);
  const beyond = loads.map((load) => (capacity !== null && load > capacity * (1 + EPSILON) ? load - capacity : 0));
  return {
    territories: loads.length,
    status,
    feasible: evaluation.feasible,
    workload: sum(loads) / loads.length,
    largestWorkload: Math.max(...loads),
    maxDeviation: evaluation.balance.find((balance) => balance.measure === measure)!.maxDeviation,
    travelKm: evaluation.travelKm,
    cost: evaluation.cost.total,
    uncovered: capacity === null ? null : sum(beyond),
    result,
  };
}

function chooseMeasure(problem: Problem, asked: MeasureName | undefined): MeasureName {
  const { measures, objective, balance } = problem;
  if (asked === undefined) return objective.weight ?? Object.keys(balance)[0] ?? measures[0]!;
  if (!measures.includes(asked)) throw bad('measure', asked, `must be a measure (${measures.join(', ')})`);
  return asked;
}

function checkOptions(options: SizingOptions): SizingOptions {
  if (typeof options !== 'object' || options === null) throw bad('options', options, 'must be an object');
  const { from, to, step = 1, capacity, measure, onProgress, ...run } = options;
  // The rest are options of a run, onProgress too but for what it gets.
  resolveOptimizeOptions({ ...run, ...(onProgress === undefined ? {} : { onProgress }) });
  for (const [path, value, least] of [
    ['from', from, 1],
    ['to', to, from],
    ['step', step, 1],
  ] as const) {
    if (!Number.isInteger(value) || value < least) throw bad(path, value, `must be an integer of at least ${least}`);
  }
  if (capacity !== undefined && !(typeof capacity === 'number' && capacity > 0 && capacity < Infinity)) {
    throw bad('capacity', capacity, 'must be a finite number above 0');
  }
  if (measure !== undefined && typeof measure !== 'string') throw bad('measure', measure, 'must be a measure');
  return options;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function bad(path: string, value: unknown, rule: string) {
  return invalid(path, value, rule, 'INVALID_OPTION');
}
