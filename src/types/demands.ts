/** What a plan may not change, as a problem document states it, and as a prepared problem carries it. Types only. */
import type { MeasureName, TerritoryId, UnitId } from './ids.js';

// ─── input ───────────────────────────────────────────────────────────────────

/** A unit that one territory serves whatever else; or an account that it serves wherever the account's unit goes. */
export interface Pin {
  /** Exactly one of `unit` and `account`. */
  readonly unit?: UnitId;
  readonly account?: string;
  readonly territory: TerritoryId;
}

/** Pairs of territories and units or accounts: all of the one with all of the other. */
export interface ServiceRule {
  /** Not empty. */
  readonly territories: readonly TerritoryId[];
  readonly units?: readonly UnitId[];
  readonly accounts?: readonly string[];
}

/** Units that go to one territory. Accounts stand for their units. */
export interface Group {
  /** For messages. @default the group's number, `'0'`, `'1'`, … */
  readonly id?: string;
  readonly units?: readonly UnitId[];
  readonly accounts?: readonly string[];
}

/**
 * What becomes of accounts with the same `family`: their units go to one territory (`'together'`), they are laid over
 * the map as named accounts of one territory (`'named'`), or nothing (`'free'`).
 */
export type FamilyRule = 'together' | 'named' | 'free';

/** An account, or a family of accounts, that one rep serves wherever it lies. Its activity counts there. */
export interface NamedAccount {
  /** Exactly one of `account` and `family`. */
  readonly account?: string;
  readonly family?: string;
  /** @default that of an account of it which is named, else the one that holds most of it today, else the nearest with room */
  readonly territory?: TerritoryId;
}

/** The most that a territory may hold of one class of accounts. */
export interface ClassCapacity {
  readonly class: string;
  /** What is held: a measure, or the number of accounts. @default null, the number of accounts */
  readonly measure?: MeasureName | null;
  /** ≥ 0. */
  readonly max: number;
  /** @default every territory */
  readonly territory?: TerritoryId;
}

/** An upper bound in the thing's own unit, or as a share 0 … 1 of all that is held today. Exactly one. */
export interface LimitAmount {
  readonly max?: number;
  readonly share?: number;
}

/** The most that may change hands against today's plan. Each is a bound of its own. */
export interface Limits {
  /** Accounts; units when the problem has no accounts. */
  readonly accounts?: LimitAmount;
  readonly activity?: Readonly<Record<MeasureName, LimitAmount>>;
  /** Months of relationship that are lost: Σ of the `months` of the accounts that move. */
  readonly months?: LimitAmount;
  /** Money at risk: Σ of `measure` over what moves × `lossRate` (0 … 1; 0.132 … 0.176 was measured). */
  readonly value?: { readonly measure: MeasureName; readonly max: number; readonly lossRate?: number };
}

/** The mix of account classes that every territory should have. */
export interface MixInput {
  /** What is mixed: a measure, or the number of accounts. @default null, the number of accounts */
  readonly measure?: MeasureName | null;
  /** Share per class, > 0, relative to each other. @default each class's share of the whole problem */
  readonly target?: Readonly<Record<string, number>>;
  /** Two-sided bound on each class per territory, relative to the class's target there. @default none */
  readonly tolerance?: number;
}

/** Costs by unit and territory, in any unit of measure; finite and ≥ 0. */
export interface CostMatrix {
  /** Ids of the units that the rows stand for. Every unit with activity needs one; others take their nearest one's. */
  readonly unit: readonly UnitId[];
  /** A row per id: a cost per territory, in their order. */
  readonly cost: readonly ArrayLike<number>[];
}

// ─── prepared ────────────────────────────────────────────────────────────────

/** Which territories may serve which units, or which accounts. */
export interface Permits {
  /** Row of `allowed` per unit (account), −1 where every territory may; length n (A). */
  readonly row: Int32Array;
  /** Rows × k: 1 where the territory may serve those of the row. Each row has at least one. */
  readonly allowed: Uint8Array;
}

/** One bound on what changes hands. */
export interface MoveLimit {
  readonly kind: 'accounts' | 'activity' | 'months' | 'value';
  readonly measure: MeasureName | null;
  /** In the thing's own unit. */
  readonly max: number;
  /** What each account (each unit, without accounts) counts for when it moves; length A or n. */
  readonly amount: Float64Array;
}

/** Soft balance of the class measures; see `ObjectiveInput.mix`. */
export interface Mix {
  /** Indices of the class measures among `Problem.measures`. */
  readonly measures: Int32Array;
  readonly classes: readonly string[];
  /** Target share per class, summing to 1. */
  readonly target: Float64Array;
}

/** Everything beyond targets, contiguity and locks that a plan has to respect. */
export interface Demands {
  readonly permits: Permits | null;
  /** By account, for those that a plan lays over the map: rules, pins and named accounts with a territory. */
  readonly accountPermits: Permits | null;
  /** Group per unit as an index into `groupIds`, −1 for none; length n. Units of one group go to one territory. */
  readonly together: Int32Array | null;
  readonly groupIds: readonly string[];
  /** Territory of accounts that are laid over the map, −1 for those that follow their unit; length A. */
  readonly overlay: Int32Array | null;
  /** Load of the accounts in `overlay`, M × k; the units' `activity` is without them. */
  readonly baseLoad: Float64Array | null;
  readonly limits: readonly MoveLimit[];
  /** Cost per unit of weight of serving each unit from each territory, n × k (unit-major), in place of the distance. */
  readonly matrix: Float64Array | null;
  readonly mix: Mix | null;
  /** Indices among `Problem.measures` of those that count accounts by class, for `mix` and `capacity`. */
  readonly classMeasures: readonly number[];
  /** Sites for centres, `[lng, lat]` (`[x, y]`) each; every free centre is at one of them, no two at the same. */
  readonly candidates: Float64Array | null;
}
