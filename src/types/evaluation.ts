/** What a plan, or today, comes to. Types only. */
import type { MeasureName, TerritoryId } from './ids.js';

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
   * components beyond the first (contiguity), units (unassigned, locked, pinned, permit) or accounts (permit), territories beyond the first
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
