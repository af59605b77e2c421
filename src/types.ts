/** The public vocabulary of Equiterra. Types only: this file has no runtime code. */
import type { MultiPolygon, Polygon } from 'geojson';
import type {
  ClassCapacity,
  CostMatrix,
  Demands,
  FamilyRule,
  Group,
  Limits,
  MixInput,
  NamedAccount,
  Pin,
  ServiceRule,
} from './types/demands.js';

export type * from './types/demands.js';

/** H3 cell index as lower-case hexadecimal, e.g. `'852830d3fffffff'`. */
export type CellId = string;
/** Id of a unit: a cell id, or the caller's own id for general units. */
export type UnitId = string;
export type TerritoryId = string;
/** Name of an activity measure, e.g. `'hours'`. */
export type MeasureName = string;

// ─── problem input (the shape of a problem document) ─────────────────────────

/** One customer record. Coordinates are WGS 84 degrees. */
export interface Account {
  /** Unique. @default the row number, `'0'`, `'1'`, … */
  readonly id?: string;
  /** −90 … 90. */
  readonly lat: number;
  /** −180 … 180. */
  readonly lng: number;
  /** Finite and ≥ 0 per measure; a missing measure is 0. @default `{ accounts: 1 }` for every account when no row has any */
  readonly activity?: Readonly<Record<MeasureName, number>>;
  /** The rep or territory that serves the account today. */
  readonly territory?: TerritoryId | null;
  /** Accounts with the same group should share a territory; split groups are reported as violations. */
  readonly group?: string | null;
  /** Class of the account, e.g. `'invest'`: what `mix` and `capacity` count. */
  readonly class?: string | null;
  /** The parent that the account belongs to; see `families` and `named`. */
  readonly family?: string | null;
  /** Months that today's rep has held the account; see `limits`. ≥ 0. @default 0 */
  readonly months?: number;
}

/** Column form of `Account[]`: parallel arrays, no object per row. */
export interface AccountColumns {
  readonly id?: readonly string[];
  readonly lat: ArrayLike<number>;
  readonly lng: ArrayLike<number>;
  readonly activity?: Readonly<Record<MeasureName, ArrayLike<number>>>;
  readonly territory?: readonly (TerritoryId | null)[];
  readonly group?: readonly (string | null)[];
  readonly class?: readonly (string | null)[];
  readonly family?: readonly (string | null)[];
  readonly months?: ArrayLike<number>;
}

/** An already aggregated cell. Cells may be of several resolutions, as long as none lies inside another. */
export interface Cell {
  readonly cell: CellId;
  readonly activity: Readonly<Record<MeasureName, number>>;
  readonly territory?: TerritoryId | null;
}

/** Column form of `Cell[]`. */
export interface CellColumns {
  /** Ids, or the H3 indexes themselves as 64-bit integers, which are posted and read faster. */
  readonly cell: readonly CellId[] | BigUint64Array;
  readonly activity: Readonly<Record<MeasureName, ArrayLike<number>>>;
  readonly territory?: readonly (TerritoryId | null)[];
}

/** A general unit (county, tract, postcode) whose neighbours are declared in `edges`. */
export interface Unit {
  readonly id: UnitId;
  /** WGS 84 degrees; needed when a term of the objective uses great-circle distance. */
  readonly lat?: number;
  readonly lng?: number;
  /** Planar kilometres; needed when a term of the objective uses planar distance. */
  readonly x?: number;
  readonly y?: number;
  readonly activity: Readonly<Record<MeasureName, number>>;
  readonly territory?: TerritoryId | null;
}

/** Column form of `Unit[]`. */
export interface UnitColumns {
  readonly id: readonly UnitId[];
  readonly lat?: ArrayLike<number>;
  readonly lng?: ArrayLike<number>;
  readonly x?: ArrayLike<number>;
  readonly y?: ArrayLike<number>;
  readonly activity: Readonly<Record<MeasureName, ArrayLike<number>>>;
  readonly territory?: readonly (TerritoryId | null)[];
}

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

// ─── problem ─────────────────────────────────────────────────────────────────

export interface Territory {
  readonly id: TerritoryId;
  readonly share: number;
  readonly center: readonly [number, number] | null;
  readonly locked: boolean;
  /** Whether it must be of one piece. */
  readonly contiguous: boolean;
}

/** A `LevelInput` with every territory in a group. */
export interface Level {
  readonly name: string;
  /** Ids. */
  readonly groups: readonly string[];
  /** Group of each territory, length k. */
  readonly of: Int32Array;
  /** Whether the input says which territories go together; else they are dealt out evenly, and may be dealt anew. */
  readonly given: boolean;
  /** null: the sums of the territories' bounds. */
  readonly balance: Readonly<Record<MeasureName, BalanceRule>> | null;
}

/** An `ObjectiveInput` with every default filled in. */
export interface Objective {
  readonly inertia: number;
  readonly cutEdges: number;
  readonly borderKm: number;
  readonly disruption: number;
  readonly mix: number;
  readonly weight: MeasureName | null;
  readonly power: 1 | 2;
  readonly distance: 'great-circle' | 'planar';
  readonly center: 'centroid' | 'unit';
}

/**
 * An immutable, structured-cloneable instance. n units, k territories, M measures, A accounts, E directed
 * neighbour slots. Units of cells are in ascending order of their ids, general units in input order.
 */
export interface Problem {
  readonly name: string;
  /** H3 resolution when the units are cells, `'mixed'` when these are of several; null for general units. */
  readonly resolution: number | 'mixed' | null;
  /** Unit ids, length n. */
  readonly ids: readonly UnitId[];
  readonly measures: readonly MeasureName[];
  /** M × n, measure-major: `activity[m * n + u]`. */
  readonly activity: Float64Array;
  /** Number of accounts per unit, length n; null when the input had no accounts. */
  readonly accountCount: Int32Array | null;
  /** Unit positions in degrees, `[lng, lat]` per unit, length 2n; null when absent. Rounded to 1e-9 degrees. */
  readonly lngLat: Float64Array | null;
  /** Unit positions in planar kilometres, `[x, y]` per unit, length 2n; null when absent. Rounded to 1e-6 km. */
  readonly xy: Float64Array | null;
  /** Area per unit in km², length n; null without geometry. Rounded to 1e-6. */
  readonly areaKm2: Float64Array | null;
  /** CSR graph, symmetric, ascending per unit; links included, barriers left out. `offsets` has length n + 1. */
  readonly offsets: Int32Array;
  readonly neighbors: Int32Array;
  /**
   * Shared border per slot of `neighbors` in km, 0 for a link; null for units whose edges have no lengths. Rounded to
   * 1e-6. Between cells of two resolutions it runs along the sides of the finer one.
   */
  readonly edgeKm: Float64Array | null;
  /** Border of each unit that faces no neighbouring unit, in km, length n; null without geometry. */
  readonly outerKm: Float64Array | null;
  /**
   * Cells only: the six neighbours in ring order, `ring[6u + s]`, −1 where there is none. A unit whose neighbours the
   * ring does not tell whole (pentagon, link, barrier, another resolution nearby) has −2 in its first slot. null for
   * general units.
   */
  readonly ring: Int32Array | null;
  /** Links that were added automatically to join components, as pairs of unit ids. */
  readonly links: readonly (readonly [UnitId, UnitId])[];
  readonly territories: readonly Territory[];
  /** The rules that targets and bounds were made by, of every balanced measure. */
  readonly balance: Readonly<Record<MeasureName, BalanceRule>>;
  /** Target per measure and territory, M × k: `target[m * k + t]`. */
  readonly target: Float64Array;
  /** Lower bounds, M × k; −Infinity where a measure is not balanced. */
  readonly lower: Float64Array;
  /** Upper bounds, M × k; Infinity where a measure is not balanced. */
  readonly upper: Float64Array;
  readonly contiguity: 'required' | 'off';
  readonly objective: Objective;
  /** Territory that each unit is pinned to, −1 for none; length n. null without pins. */
  readonly pinned: Int32Array | null;
  /** What else a plan has to respect; null for nothing. */
  readonly demands: Demands | null;
  /** Levels above the territories, the topmost first; each nests in the one before it. */
  readonly levels: readonly Level[];
  /** Ids of today's territories: the problem's own territories first (index < k), then today's other ids in ascending order. */
  readonly todayIds: readonly TerritoryId[];
  /** Today's territory per unit: index into `todayIds`, −1 for none; of accounts, the one with most of the weight measure. null without today's plan. */
  readonly today: Int32Array | null;
  readonly accountIds: readonly string[] | null;
  /** Unit of each account, length A. */
  readonly accountUnit: Int32Array | null;
  /** Today's territory of each account: index into `todayIds`, −1 for none; null without today's plan. */
  readonly accountTerritory: Int32Array | null;
  /** M × A, measure-major. */
  readonly accountActivity: Float64Array | null;
  /** `[lng, lat]` per account, length 2A. */
  readonly accountLngLat: Float64Array | null;
  /** Group of each account as an index into `groups`, −1 for none; null when no account has one. */
  readonly accountGroup: Int32Array | null;
  readonly groups: readonly string[];
  /** Class of each account as an index into `classes`, −1 for none; null when no account has one. */
  readonly accountClass: Int32Array | null;
  readonly classes: readonly string[];
  /** Family of each account as an index into `families`, −1 for none; null when no account has one. */
  readonly accountFamily: Int32Array | null;
  readonly families: readonly string[];
  /** Months that today's rep has held each account; null when no account says. */
  readonly accountMonths: Float64Array | null;
  /** Indices of accounts that lie more than one cell outside the ground polygon. They are served all the same. */
  readonly outside: Int32Array | null;
}

// ─── plan ────────────────────────────────────────────────────────────────────

/** An immutable mapping of every unit, and with it of its accounts, to a territory. */
export interface Plan {
  readonly problem: string;
  readonly seed: number | null;
  readonly ids: readonly UnitId[];
  readonly territories: readonly TerritoryId[];
  /** Unit index → territory index, length n; −1 is unassigned. */
  readonly assignment: Int32Array;
  /**
   * Accounts that are laid over the map: account index → territory index, length A; −1 follows its unit. Their activity
   * counts where they are served; the inertia and the borders are of the map alone. Absent when there are none.
   */
  readonly accounts?: Int32Array | null;
}

// ─── evaluation ──────────────────────────────────────────────────────────────

/** One way in which a plan breaks what the problem demands. */
export interface Violation {
  readonly kind:
    | 'unassigned'
    | 'empty'
    | 'balance'
    | 'contiguity'
    | 'locked'
    | 'pinned'
    | 'permit'
    | 'together'
    | 'limit'
    | 'group';
  readonly territory: TerritoryId | null;
  readonly measure: MeasureName | null;
  /**
   * Relative amount beyond the bound (balance) or the limit (limit; of all that is held today where the limit is 0),
   * components beyond the first (contiguity), units (unassigned, locked, pinned, permit), territories beyond the first
   * (together, group), 1 (empty).
   */
  readonly amount: number;
  /** A sentence that says what is wrong, with the numbers. */
  readonly message: string;
}

/** Distribution of one measure over the territories; CV, Gini and Jain are of load / target. */
export interface MeasureBalance {
  readonly measure: MeasureName;
  /** The signed deviation that is largest in size; 0.04 is 4 % over its target. */
  readonly maxDeviation: number;
  /** Largest relative amount outside [lower, upper]; 0 when the measure holds everywhere or is not balanced. */
  readonly beyondBound: number;
  /** Coefficient of variation (population σ / mean). */
  readonly cv: number;
  readonly gini: number;
  /** Jain's index, 1/k … 1. */
  readonly jain: number;
  /** The least deviation above target that any plan must have, set by the heaviest unit. 0 when no unit exceeds the largest target. */
  readonly floor: number;
}

export interface TerritoryMetrics {
  readonly id: TerritoryId;
  readonly units: number;
  /** null when the problem has no accounts. */
  readonly accounts: number | null;
  readonly activity: Readonly<Record<MeasureName, number>>;
  /** (load − target) / target, signed. */
  readonly deviation: Readonly<Record<MeasureName, number>>;
  readonly components: number;
  /** Centre in degrees (or planar km) that the cost was measured from; null without positions or units. A centroid is rounded to 1e-9 degrees or 1e-6 km. */
  readonly center: readonly [number, number] | null;
  /** Inertia (or distance) term, unweighted by the objective. */
  readonly inertia: number;
  readonly areaKm2: number | null;
  readonly perimeterKm: number | null;
  /** Hex isoperimetric ratio, 0 … 1 = best; null for general units, cells of several resolutions, and without units. */
  readonly compactness: number | null;
  /** 4πA / P²; null without geometry. On hexagon cells a disc scores about 0.62. */
  readonly polsbyPopper: number | null;
  /** Estimated travel of one visit to each account, in km; null when the problem has no accounts. */
  readonly travelKm: number | null;
}

/** What changes hands against today's plan; what nobody holds today does not. */
export interface Disruption {
  /** Accounts that move; units when the problem has no accounts. */
  readonly accounts: number;
  /** Of all accounts, 0 … 1. */
  readonly accountShare: number;
  /** Share of each measure that changes hands. */
  readonly activity: Readonly<Record<MeasureName, number>>;
}

export interface Cost {
  /** Inertia in weight · km², or distance in weight · km under power 1; unweighted by the objective. */
  readonly inertia: number;
  readonly cutEdges: number;
  /** Border between territories in km; 0 where edges have no lengths. */
  readonly borderKm: number;
  /** Weight-measure activity that changes hands. */
  readonly disruption: number;
  /** Σ over territories of ½ Σ_c |load − target| / Σ_c target over the classes of the mix; 0 without one. */
  readonly mix: number;
  /** Sum of the terms times the objective's weights: what the search minimises. */
  readonly total: number;
}

export interface Evaluation {
  /** True when there is no violation. */
  readonly feasible: boolean;
  readonly violations: readonly Violation[];
  /** Sum of the amounts of all violations but groups: what the search minimises first. */
  readonly violation: number;
  readonly cost: Cost;
  readonly balance: readonly MeasureBalance[];
  /** Components beyond the first, over all territories. */
  readonly extraComponents: number;
  readonly cutEdges: number;
  /** Border between territories in km, each stretch once; null where edges have no lengths. */
  readonly borderKm: number | null;
  /** Mean over territories; null for general units and cells of several resolutions. */
  readonly compactness: number | null;
  /** null without today's plan. */
  readonly disruption: Disruption | null;
  /** Estimated travel of all territories, in km; null without accounts. */
  readonly travelKm: number | null;
  readonly territories: readonly TerritoryMetrics[];
}

/** Overlap of two reps of today's assignment. */
export interface OverlapPair {
  readonly a: TerritoryId;
  readonly b: TerritoryId;
  /** Cells that both work. */
  readonly cells: number;
  /** Cells both work / cells either works. */
  readonly jaccard: number;
  /** Σ min / Σ max of the weight measure over cells. */
  readonly weightedJaccard: number;
}

/** Who works where today, before any plan. */
export interface Overlap {
  /** Reps with at least one account per unit, length n. */
  readonly repsPerUnit: Uint16Array;
  /** Share of occupied units, of accounts, and of each measure, that lies in units worked by two or more reps. */
  readonly unitShare: number;
  readonly accountShare: number;
  readonly activity: Readonly<Record<MeasureName, number>>;
  /** Pairs with at least one shared cell, most shared cells first. */
  readonly pairs: readonly OverlapPair[];
  readonly reps: readonly RepToday[];
}

/** Today's load of one rep. */
export interface RepToday {
  readonly id: TerritoryId;
  readonly accounts: number;
  readonly units: number;
  readonly activity: Readonly<Record<MeasureName, number>>;
  /** Against an equal share over today's reps. */
  readonly deviation: Readonly<Record<MeasureName, number>>;
  readonly travelKm: number;
}

// ─── running ─────────────────────────────────────────────────────────────────

export interface Progress {
  readonly phase: 'prepare' | 'construct' | 'repair' | 'improve' | 'done';
  /** Monotone, 0 … 1. */
  readonly fraction: number;
  /** Moves proposed so far, over all starts. */
  readonly moves: number;
  readonly elapsedMs: number;
  /** Best plan so far; null until there is one. */
  readonly best: { readonly violation: number; readonly cost: number } | null;
  /** The best plan's assignment, only with `preview: true` and when it changed. */
  readonly assignment?: Int32Array;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Called about every `progressIntervalMs`, and always a last time before the call settles with a result. */
  readonly onProgress?: (progress: Progress) => void;
  /** ≥ 0. @default 100 */
  readonly progressIntervalMs?: number;
}

export interface OptimizeOptions extends CallOptions {
  /** Integer 0 … 2³² − 1. @default 1 */
  readonly seed?: number;
  /**
   * Independent starts, 1 … 1024. They take half of the limits; the better half of their plans goes on, twice over, and
   * the best plan wins. A single start takes all. @default 4; with a time limit alone, one per worker
   */
  readonly starts?: number;
  /** Limit on moves proposed per start, all rounds together. @default grows with the number of units */
  readonly moveLimit?: number;
  /** Wall-clock limit. The run ends at whichever limit comes first; the plan then depends on the machine. @default none */
  readonly timeLimitMs?: number;
  /** Whether a lower bound on the cost is proven after the search; beyond 400,000 units none is. @default true */
  readonly bound?: boolean;
  /**
   * Wall-clock limit of that proof; the bound then depends on the machine. @default as long as the search may take, at
   * most 10 s, with `timeLimitMs`; else none, and the proof ends after a work that grows with the number of units
   */
  readonly boundTimeLimitMs?: number;
  /** What an abort does once the search runs: reject with `signal.reason`, or resolve with the best plan so far. @default 'reject' */
  readonly onAbort?: 'reject' | 'return-best';
  /** Adds the incumbent assignment to progress reports. @default false */
  readonly preview?: boolean;
}

/**
 * `'lagrangian'`: that every unit is served once is relaxed, the rest is solved (Hess model). `'fixed-centers'`: the same
 * where every centre is fixed, so that nothing is relaxed but that units are whole and territories of one piece: the dual
 * of a transportation problem. `'exact'`: the plan is known to be the best.
 */
export type BoundKind = 'lagrangian' | 'fixed-centers' | 'exact';

export interface OptimizeResult {
  readonly problem: Problem;
  readonly plan: Plan;
  readonly evaluation: Evaluation;
  readonly status: 'move-limit' | 'time-limit' | 'aborted';
  /**
   * A proven lower bound on the cost of every plan without violations; null when none was proven, and for plans with
   * violations, which may cost less.
   */
  readonly bound: number | null;
  /** (cost − bound) / cost, 0 for a plan that costs nothing; null without a bound. */
  readonly gap: number | null;
  /** What gave the bound; null without one. */
  readonly boundKind: BoundKind | null;
  readonly stats: {
    readonly seed: number;
    readonly starts: number;
    /** The start from which the plan came. */
    readonly bestStart: number;
    readonly moves: number;
    /** Time to the first plan without violation, from the beginning of the call; null when there was none. */
    readonly firstFeasibleMs: number | null;
    /** Time until the plan, without the proof of the bound. */
    readonly elapsedMs: number;
    /** Time of the proof. */
    readonly boundMs: number;
    readonly workers: number;
  };
}

export interface OptimizerOptions {
  /** 1 … 64. @default min(4, hardware threads − 1), at least 1 */
  readonly workers?: number;
  /** Same-origin URL of `equiterra/worker`, for pages whose policy forbids `blob:` workers. */
  readonly workerUrl?: string | URL;
  /** Full control over how a worker is made; wins over `workerUrl`. Browser only. */
  readonly createWorker?: () => Worker;
}

/** A pool of workers that prepares problems and searches for plans. */
export interface Optimizer {
  /** Starts the workers and compiles the kernel; optional, every call does it on demand. */
  ready(options?: { readonly signal?: AbortSignal }): Promise<void>;
  prepare(input: ProblemInput, options?: CallOptions): Promise<Problem>;
  optimize(problem: Problem | ProblemInput, options?: OptimizeOptions): Promise<OptimizeResult>;
  /** Repairs a plan by changing few territories: those that it must, and neighbours that can take or give what they need. */
  rebalance(problem: Problem, plan: Plan, options?: RebalanceOptions): Promise<RebalanceResult>;
  readonly disposed: boolean;
  /** Ends the workers; pending calls reject with `DISPOSED`. Idempotent. */
  dispose(): Promise<void>;
}

// ─── editing ─────────────────────────────────────────────────────────────────

/** Units by id, or by index (`Int32Array`), which is faster; or single accounts by id, without the rest of their unit. */
export type EditTarget = UnitId | Iterable<UnitId> | Int32Array | { readonly accounts: Iterable<string> | Int32Array };

export interface EditOptions {
  /** Name of the step in the history. @default what the edit does, such as `'Assign 12 units to T3'` */
  readonly label?: string;
  /** An edit whose key equals that of the step before joins it: one gesture, one undo. @default none */
  readonly mergeKey?: string;
}

export interface Edit {
  readonly label: string;
  /** Units, and accounts laid over the map, that changed territory. */
  readonly units: number;
  readonly accounts: number;
  /** Territories that gained or lost any, in the order of the problem. */
  readonly territories: readonly TerritoryId[];
  /** Judges the plan after the edit, as `evaluate` does. */
  readonly evaluation: Evaluation;
}

/** All that a session shows. Equal by reference until something changes. */
export interface SessionSnapshot {
  readonly plan: Plan;
  readonly evaluation: Evaluation;
  /** Name of the step that `undo` takes back; null when there is none. */
  readonly undoLabel: string | null;
  readonly redoLabel: string | null;
  /** Territories that edits must not change. */
  readonly locks: ReadonlySet<TerritoryId>;
  /** Units that edits must leave in, or bring to, a territory. */
  readonly pins: ReadonlyMap<UnitId, TerritoryId>;
}

/** What changes for the better (below 0) or the worse. */
export interface Effect {
  /** Of `Evaluation.violation`. */
  readonly violation: number;
  /** Of `Evaluation.cost.total`. */
  readonly cost: number;
}

/** A move that makes the plan better. */
export interface Suggestion extends Effect {
  /** Units that move, in ascending order of their indices. */
  readonly units: readonly UnitId[];
  /** null for units without a territory. */
  readonly from: TerritoryId | null;
  readonly to: TerritoryId;
  /** A sentence that says what moves and what it is good for. */
  readonly message: string;
}

/** A territory that might serve a unit or account instead. */
export interface Alternative extends Effect {
  readonly territory: TerritoryId;
  /** What holds it back: locks, pins, and violations that would be new or larger. Empty when nothing does. */
  readonly reasons: readonly {
    readonly kind: Violation['kind'];
    readonly territory: TerritoryId | null;
    readonly measure: MeasureName | null;
    /** A sentence. */
    readonly message: string;
  }[];
}

export interface Explanation {
  readonly unit: UnitId;
  /** null when it explains a unit. */
  readonly account: string | null;
  /** Where it is now; null when it has no territory. */
  readonly territory: TerritoryId | null;
  /** Every other territory, the best first: by violation, then by cost, each against leaving things as they are. */
  readonly alternatives: readonly Alternative[];
  /** A sentence that says why it is where it is. */
  readonly message: string;
}

export interface RebalanceOptions extends CallOptions {
  /** Units that stay where the plan has them, by id or index. @default none; of a session, those of the last edit */
  readonly pinned?: Iterable<UnitId> | Int32Array;
  /** Territories to begin with. @default those that break a bound; of a session, those of the last edit */
  readonly touch?: readonly TerritoryId[];
  /** Territories that stay as they are. @default the problem's locked ones; of a session, those locked there */
  readonly locked?: readonly TerritoryId[];
  /** Territories that may change at most; those to begin with always may. ≥ 1. @default 10 more than those to begin with */
  readonly maxTerritories?: number;
  /** Integer 0 … 2³² − 1. @default 1 */
  readonly seed?: number;
  /** Moves proposed in each attempt. @default grows with the units of the territories concerned */
  readonly moveLimit?: number;
}

export interface RebalanceResult {
  /** The plan of the whole map. */
  readonly plan: Plan;
  readonly evaluation: Evaluation;
  /** Territories that changed, in the order of the problem; none when there was nothing to repair, or nothing helped. */
  readonly territories: readonly TerritoryId[];
  /** Whether the territories concerned are within their bounds, whole and complete now. */
  readonly balanced: boolean;
  /** A sentence that says what could not be reached; null when `balanced`. */
  readonly message: string | null;
  readonly stats: { readonly moves: number; readonly attempts: number; readonly elapsedMs: number };
}

export interface SessionRebalanceResult extends RebalanceResult {
  /** The step by which the session took the plan; null when it left the plan as it was, or the session was edited meanwhile. */
  readonly edit: Edit | null;
}

export interface SessionOptions {
  /** Steps that can be undone, 1 … 10,000. @default 200 */
  readonly historyLimit?: number;
}

/**
 * A plan under edit. Everything but `rebalance` is synchronous. An edit that cannot be made throws and changes nothing:
 * `INVALID_OPTION` for what does not exist, `LOCKED` and `PINNED` for what must not move.
 */
export interface Session extends SessionSnapshot {
  readonly problem: Problem;
  /** Gives units or accounts to a territory; null takes it from units, and lets accounts follow their unit again. */
  assign(target: EditTarget, territory: TerritoryId | null, options?: EditOptions): Edit;
  setLocked(territory: TerritoryId, locked: boolean): Edit;
  /** Pins units to the territories that they have. */
  pin(units: UnitId | Iterable<UnitId> | Int32Array): Edit;
  unpin(units: UnitId | Iterable<UnitId> | Int32Array): Edit;
  /** Adopts a whole plan, such as an optimizer's result, as one step. */
  apply(plan: Plan, label?: string): Edit;
  /** null when there is nothing to undo. */
  undo(): Edit | null;
  redo(): Edit | null;
  /** Calls the listener after every change; returns what takes it off. Needs no `this`. */
  subscribe(listener: () => void): () => void;
  /** Needs no `this`, and gives one object until something changes: `useSyncExternalStore(subscribe, getSnapshot)`. */
  getSnapshot(): SessionSnapshot;
  /** The next best move, or null when none found makes the plan better. */
  suggest(): Suggestion | null;
  /** Why a unit or account is where it is: what every alternative costs and what holds it back. */
  explain(target: UnitId | { readonly account: string }): Explanation;
  /** Repairs the plan around the last edit that moved units, in a worker, and takes the result as one step. */
  rebalance(optimizer: Pick<Optimizer, 'rebalance'>, options?: RebalanceOptions): Promise<SessionRebalanceResult>;
}
