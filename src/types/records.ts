/** What a problem is about, as the caller has it: accounts, cells, or general units, in rows or columns. Types only. */
import type { CellId, MeasureName, TerritoryId, UnitId } from './ids.js';

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
