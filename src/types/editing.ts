/** Editing a plan. Types only. */
import type { Evaluation, Violation } from './evaluation.js';
import type { MeasureName, TerritoryId, UnitId } from './ids.js';
import type { Plan } from './plan.js';
import type { Problem } from './problem.js';
import type { CallOptions, Optimizer } from './running.js';

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
