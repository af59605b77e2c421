/** What the territories of a plan add up to, level by level. */
import type { Level, MeasureName, Plan, Problem, TerritoryId } from '../types.js';
import { evaluate } from './evaluate.js';
import { measureRecord } from './measure-record.js';

/** The groups of one level, and which of them each territory is in. */
export type Grouping = Pick<Level, 'name' | 'groups' | 'of'>;

export interface RollUpRow {
  readonly id: string;
  /** The group of the level above; null at the topmost. */
  readonly parent: string | null;
  readonly territories: readonly TerritoryId[];
  readonly units: number;
  /** null when the problem has no accounts. */
  readonly accounts: number | null;
  readonly activity: Readonly<Record<MeasureName, number>>;
  /** (load − target) / target, signed; the target is the sum of the territories' targets. */
  readonly deviation: Readonly<Record<MeasureName, number>>;
  /** Sum of its territories' estimated travel, in km; null without accounts. */
  readonly travelKm: number | null;
}

/**
 * A table per level, the topmost first, each row the sum of its territories' figures. Levels need not be the problem's:
 * after edits by hand the groups are what the caller says. O(`evaluate` + levels · k · M).
 *
 * @throws {TerritoryError} PLAN_MISMATCH when the plan belongs to another problem.
 * @example
 * const [regions, districts] = rollUp(problem, plan, problem.levels);
 */
export function rollUp(problem: Problem, plan: Plan, levels: readonly Grouping[]): readonly (readonly RollUpRow[])[] {
  const { territories } = evaluate(problem, plan);
  const { measures, target } = problem;
  const k = problem.territories.length;
  return levels.map(({ groups, of }, l) =>
    groups.map((id, g): RollUpRow => {
      const members = [...of.keys()].filter((t) => of[t] === g);
      const sum = (value: (t: number) => number) => members.reduce((total, t) => total + value(t), 0);
      const above = levels[l - 1];
      const load = (m: number) => sum((t) => territories[t]!.activity[measures[m]!]!);
      return {
        id,
        parent: above && members.length > 0 ? above.groups[above.of[members[0]!]!]! : null,
        territories: members.map((t) => problem.territories[t]!.id),
        units: sum((t) => territories[t]!.units),
        accounts: problem.accountCount && sum((t) => territories[t]!.accounts!),
        activity: measureRecord(measures, load),
        deviation: measureRecord(measures, (m) => {
          const wanted = sum((t) => target[m * k + t]!);
          return (load(m) - wanted) / (wanted === 0 ? 1 : wanted);
        }),
        travelKm: problem.accountUnit && sum((t) => territories[t]!.travelKm!),
      };
    }),
  );
}
