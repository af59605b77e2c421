/** A set of demands that no plan can meet together. */
import type { MeasureName, TerritoryId, UnitId } from '../types.js';

/**
 * `'bounds'`: a lower bound above the upper one. `'totals'`: bounds that do not add up to what there is. `'service'`: units
 * that only some territories may serve, too heavy for them, or that nobody may serve; or territories that may not have
 * enough. `'heavy'`: what cannot be parted and exceeds every bound. `'island'`: land that nothing joins and that no
 * territory fits on. `'apart'`: units of one territory that no land which it may have joins. `'limit'`: balance, reps who
 * leave, or accounts laid over the map that take more moves than allowed. `'search'`: no proof, but no plan was found until
 * one of the demands was dropped.
 */
export type ConflictKind = 'bounds' | 'totals' | 'service' | 'heavy' | 'island' | 'apart' | 'limit' | 'search';

/**
 * A part of the problem document that takes part in a conflict, as its key there; `'balance'` with the capacities of
 * territories, `'permits'` for `forbid` and `require`, `'named'` for all accounts laid over the map.
 */
export type DemandName =
  | 'balance'
  | 'capacity'
  | 'contiguity'
  | 'groups'
  | 'limits'
  | 'locked'
  | 'mix'
  | 'named'
  | 'permits'
  | 'pins';

export interface Conflict {
  readonly kind: ConflictKind;
  /** Whether it was proven that no plan meets them all; else the search found none. */
  readonly proven: boolean;
  readonly demands: readonly DemandName[];
  readonly territories: readonly TerritoryId[];
  /** Units that are in it, at most ten, the heaviest first. */
  readonly units: readonly UnitId[];
  readonly measure: MeasureName | null;
  /** By how much the demands miss each other, relative to the bound (or 1 where there is no amount). > 0. */
  readonly excess: number;
  /** A sentence that says what conflicts, with the numbers. */
  readonly message: string;
}

/** Amounts within this share of a bound are rounding. */
export const ROUNDING = 1e-9;

/** At most four names. */
export function list(names: readonly string[]): string {
  if (names.length > 4) return `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** The ten units with the most of a measure. */
export function heaviest(units: readonly number[], activity: Float64Array, at: number): number[] {
  return [...units].sort((a, b) => activity[at + b]! - activity[at + a]! || a - b).slice(0, 10);
}
