/** A prepared problem. Types only. */
import type { Demands } from './demands.js';
import type { MeasureName, TerritoryId, UnitId } from './ids.js';
import type { BalanceRule } from './input.js';

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
