import { computed } from '@preact/signals';
import type { Evaluation, Overlap, Problem } from 'equiterra';
import { shownPlan } from './plan-colors.js';
import { overlap, problem, result } from './store.js';

export interface BalanceRow {
  readonly id: string;
  /** Index into `TERRITORY_COLORS`; null for today's reps. */
  readonly color: number | null;
  readonly measures: readonly {
    readonly load: number;
    readonly deviation: number;
    /** The rep of the same name today; null when unknown. */
    readonly today: number | null;
    /** Allowed deviation; null when the measure is not balanced. */
    readonly band: readonly [number, number] | null;
  }[];
  readonly accounts: number | null;
  readonly travelKm: number | null;
}

export interface BalanceTable {
  readonly planned: boolean;
  /** Measures with the deviation at the ends of their bars. */
  readonly measures: readonly { readonly name: string; readonly reach: number }[];
  readonly rows: readonly BalanceRow[];
}

/** The plan's territories, else today's reps; null when there is neither. Balanced measures come first. */
export const balanceTable = computed<BalanceTable | null>(() => {
  const current = problem.value;
  if (!current) return null;
  const evaluation = result.value?.evaluation;
  if (!evaluation && !overlap.value) return null;
  const rows = evaluation ? planRows(current, evaluation, overlap.value) : todayRows(current, overlap.value!);
  const measures = current.measures.map((name, m) => ({
    name,
    reach: rows.reduce((reach, row) => {
      const { deviation, band } = row.measures[m]!;
      return Math.max(reach, Math.abs(deviation), 2.5 * (band?.[1] ?? 0));
    }, 0.02),
  }));
  return { planned: evaluation !== undefined, measures, rows };
});

function planRows(current: Problem, evaluation: Evaluation, today: Overlap | null): BalanceRow[] {
  const reps = new Map(today?.reps.map((rep) => [rep.id, rep]));
  return evaluation.territories.map((territory, t) => ({
    id: territory.id,
    color: shownPlan.value?.colors[t] ?? null,
    measures: current.measures.map((name, m) => ({
      load: territory.activity[name]!,
      deviation: territory.deviation[name]!,
      today: reps.get(territory.id)?.deviation[name] ?? null,
      band: bandOf(current, m, t),
    })),
    accounts: territory.accounts,
    travelKm: territory.travelKm,
  }));
}

function todayRows(current: Problem, today: Overlap): BalanceRow[] {
  return today.reps.map((rep) => ({
    id: rep.id,
    color: null,
    measures: current.measures.map((name, m) => ({
      load: rep.activity[name]!,
      deviation: rep.deviation[name]!,
      today: null,
      band: bandOf(current, m, 0),
    })),
    accounts: rep.accounts,
    travelKm: rep.travelKm,
  }));
}

function bandOf(current: Problem, m: number, t: number): [number, number] | null {
  const slot = m * current.territories.length + t;
  const [lower, upper, target] = [current.lower[slot]!, current.upper[slot]!, current.target[slot]!];
  if (lower === -Infinity && upper === Infinity) return null;
  return [Math.max(-1, lower / target - 1), Math.min(10, upper / target - 1)];
}
