/** A plan. Types only. */
import type { TerritoryId, UnitId } from './ids.js';

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
