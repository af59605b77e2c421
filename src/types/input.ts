/** The shape of a problem document. Types only. */
import type { MultiPolygon, Polygon } from 'geojson';
import type {
  ClassCapacity,
  CostMatrix,
  FamilyRule,
  Group,
  Limits,
  MixInput,
  NamedAccount,
  Pin,
  ServiceRule,
} from './demands.js';
import type { MeasureName, TerritoryId, UnitId } from './ids.js';
import type { Account, AccountColumns, Cell, CellColumns, Unit, UnitColumns } from './records.js';

export interface TerritorySpec {
  /** Unique, not empty. */
  readonly id: TerritoryId;
  /** Share of every measure's total, relative to the other territories. Finite and > 0. @default 1 */
  readonly share?: number;
  /** Fixed centre `[lng, lat]` in degrees (`[x, y]` in kilometres under planar distance), e.g. where the rep lives. */
  readonly center?: readonly [number, number];
  /** A locked territory neither gains nor loses units; it keeps the units that are its own today. @default false */
  readonly locked?: boolean;
  /** Share of single measures, in place of `share`. Finite and ≥ 0, above 0 for balanced measures. */
  readonly shares?: Readonly<Record<MeasureName, number>>;
  /**
   * The most that the rep can carry of single measures, e.g. `{ hours: 1200 }`, before `ramp` and `productivity`: a hard
   * upper bound. Where every territory has one for a measure, these are its shares of that measure.
   */
  readonly capacity?: Readonly<Record<MeasureName, number>>;
  /** What a rep carries of a full load, e.g. 0.5 for a new one: multiplies shares and capacities. Over 0, at most 1. @default 1 */
  readonly ramp?: number;
  /** What the rep gets done in the time of another: multiplies shares and capacities. > 0. @default 1 */
  readonly productivity?: number;
  /** Whether the territory may be in pieces. @default the problem's `contiguity` */
  readonly contiguity?: 'required' | 'off';
}

/** Bounds on one measure: `tolerance` around each target, or absolute `lower` and/or `upper`. */
export interface BalanceRule {
  /** Two-sided, relative to each territory's target: 0.05 is ±5 %. ≥ 0. */
  readonly tolerance?: number;
  /** Absolute bounds for every territory, in the measure's own unit; either may stand alone. */
  readonly lower?: number;
  readonly upper?: number;
}

/** One group of a level: what it consists of, by territories or by groups of the level below. */
export interface LevelGroupInput {
  /** Unique within the level, not empty. */
  readonly id: string;
  /** Ids of its territories. Exactly one of `territories` and `children`. */
  readonly territories?: readonly TerritoryId[];
  /** Ids of its groups of the level below. */
  readonly children?: readonly string[];
}

/** A level above the territories, such as districts or regions. Every group lies within one group of the level above. */
export interface LevelInput {
  /** Unique, not empty. */
  readonly name: string;
  /** Which territories go together; or a number of groups, of about as many territories each. */
  readonly groups: number | readonly LevelGroupInput[];
  /** Bounds on the groups. @default the sums of their territories' bounds */
  readonly balance?: Readonly<Record<MeasureName, BalanceRule>>;
}

export interface ObjectiveInput {
  /** Weight of the inertia (or distance) term. ≥ 0. @default 1 */
  readonly inertia?: number;
  /** Weight of each cut edge. ≥ 0. @default 0 */
  readonly cutEdges?: number;
  /** Weight of each kilometre of border between territories; units need `edges` with lengths. ≥ 0. @default 0 */
  readonly borderKm?: number;
  /** Weight of the activity that changes hands against today's plan (in units of `weight`). ≥ 0. @default 0 */
  readonly disruption?: number;
  /**
   * Weight of the mix: the total variation distance ½ Σ_c |load − target| / Σ_c target of each territory's classes,
   * summed over territories. Needs `mix`. ≥ 0. @default 0
   */
  readonly mix?: number;
  /** The measure that weighs units in the inertia term; `null` is 1 per unit. @default the first measure in `balance` */
  readonly weight?: MeasureName | null;
  /** Power of the distance. @default 2 */
  readonly power?: 1 | 2;
  /** @default 'great-circle', or 'planar' for units that only have x and y */
  readonly distance?: 'great-circle' | 'planar';
  /** Free centre of a territory: its weighted centroid or its best unit. @default 'centroid' */
  readonly center?: 'centroid' | 'unit';
}

/**
 * How cells are split under `resolution: 'adaptive'`. The ground is laid in the coarsest cells; each that carries too
 * much is replaced by its children, and they by theirs, until none does or its accounts lie in one finest cell.
 */
export interface AdaptiveInput {
  /**
   * 0 … 15. @default chosen from accounts, ground and number of territories: at least 2 occupied cells per territory;
   * finer up to 50 while the cells are dense, or on a `'hull'` or polygon up to 200 in all, at most 100,000
   */
  readonly coarsest?: number;
  /** `coarsest` … 15. @default 10, cells of about 130 m across, or `coarsest` if that is finer */
  readonly finest?: number;
  /** What a cell may carry unsplit, as a share of the smallest target of each balanced measure. > 0 … 1. @default 0.05 */
  readonly share?: number;
}

/** What the search is asked for: exactly one of `accounts`, `cells`, `units`. The shape of a problem document. */
export interface ProblemInput {
  /** @default 'problem' */
  readonly name?: string;
  readonly accounts?: readonly Account[] | AccountColumns;
  readonly cells?: readonly Cell[] | CellColumns;
  readonly units?: readonly Unit[] | UnitColumns;
  /** H3 resolution 0 … 15, or `'adaptive'`; required with `accounts`, not allowed otherwise. */
  readonly resolution?: number | 'adaptive';
  /** Only with the resolution `'adaptive'`. */
  readonly adaptive?: AdaptiveInput;
  /** Which cells are units, with `accounts` and `cells`. @default 'bridge' */
  readonly ground?: 'bridge' | 'hull' | Polygon | MultiPolygon;
  /** With `units`: pairs of unit indices that are neighbours, all with the length of their common border in km (≥ 0), or none. */
  readonly edges?: readonly (readonly [u: number, v: number, borderKm?: number])[];
  /** Extra neighbours (ferry, bridge): pairs of unit ids. */
  readonly links?: readonly (readonly [UnitId, UnitId])[];
  /** Neighbours that are not (river, ridge): pairs of unit ids. */
  readonly barriers?: readonly (readonly [UnitId, UnitId])[];
  /** Number of territories (`T1` … `Tk`), or one spec each. */
  readonly territories: number | readonly TerritorySpec[];
  /** Measures that must be balanced. @default every measure, ±5 % */
  readonly balance?: Readonly<Record<MeasureName, BalanceRule>>;
  /** @default 'required' */
  readonly contiguity?: 'required' | 'off';
  readonly objective?: ObjectiveInput;
  readonly pins?: readonly Pin[];
  /** Who may not serve what: a rep without the skill, the language, the licence. */
  readonly forbid?: readonly ServiceRule[];
  /**
   * Who alone may serve what. An account's rule binds its unit, with all that lies there, as long as that leaves the unit
   * a territory; the accounts for which it does not are laid over the map.
   */
  readonly require?: readonly ServiceRule[];
  /** Units that stay together, e.g. a county or a metro. */
  readonly groups?: readonly Group[];
  /** What becomes of families of accounts: one rule for all, or one each by name. @default 'free' */
  readonly families?: FamilyRule | Readonly<Record<string, FamilyRule>>;
  /** Accounts that one rep serves wherever they lie, counted there. */
  readonly named?: readonly NamedAccount[];
  readonly capacity?: readonly ClassCapacity[];
  readonly limits?: Limits;
  readonly mix?: MixInput;
  /** Sites for the centres of territories that have none: `[lng, lat]` (`[x, y]` under planar distance) each. */
  readonly candidates?: readonly (readonly [number, number])[];
  /** Cost of serving a unit from a territory, per unit of weight, in place of distance (e.g. minutes of driving). */
  readonly matrix?: CostMatrix;
  /** Levels above the territories, the topmost first. @default none */
  readonly levels?: readonly LevelInput[];
}
