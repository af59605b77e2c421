/**
 * What is known of one territory under a plan. It depends on the territory's own units and accounts only, so after
 * an edit the tallies of all other territories still hold.
 */
import type { TerritoryMetrics, Violation } from '../types.js';
import { deviationOf } from './balance.js';
import type { Basis } from './basis.js';
import { countComponents } from './contiguity.js';
import { type Cuts, measureCuts } from './cut-edges.js';
import { mixDistance } from './demands/mix.js';
import { type Moved, measureMoved } from './disruption.js';
import { measureInertia, type TerritoryInertia } from './inertia.js';
import { measureRecord } from './measure-record.js';
import { laidLoad, servedAccounts, unitsLoad } from './served-accounts.js';
import { measureShape } from './shape.js';
import { territoryTravel } from './travel.js';
import { territoryViolations, totalViolation, unassignedViolation } from './violations.js';

/** What the units without a territory add to the figures of a plan. */
export interface PoolTally extends Cuts {
  readonly violations: readonly Violation[];
  /** Sum of the amounts. */
  readonly violation: number;
  /** null without today's plan. */
  readonly moved: Moved | null;
}

export interface TerritoryTally extends PoolTally, TerritoryInertia {
  /** Length M. */
  readonly loads: Float64Array;
  readonly components: number;
  /** Distance from the mix of classes that it should have. */
  readonly mix: number;
  /** Groups of its accounts, and those of its units, each once; empty when there are none. */
  readonly groups: Int32Array;
  readonly together: Int32Array;
}

/** The part of a plan that a territory's figures follow from. */
export interface PlanState {
  readonly assignment: Int32Array;
  /** Territories of accounts laid over the map; null when there are none. */
  readonly accounts: Int32Array | null;
}

/** All that plans are compared by. `units` ascending, `guests` those laid over it. O(units + slots + M units + accounts). */
export function tallyTerritory(
  basis: Basis,
  { assignment, accounts }: PlanState,
  t: number,
  units: Int32Array,
  guests: Int32Array,
): TerritoryTally {
  const { problem, holdings } = basis;
  const loads = Float64Array.from(
    problem.measures,
    (_, m) => unitsLoad(basis, units, m, accounts) + laidLoad(basis, t, guests, m, accounts),
  );
  const served = servedAccounts(basis, t, units, accounts, guests);
  const components = countComponents(basis, units);
  const violations = territoryViolations(basis, t, { units, loads, components, guests });
  return {
    violations,
    violation: totalViolation(violations),
    ...measureCuts(problem, assignment, t, units),
    moved: holdings && measureMoved(holdings, t, holdings.unit ? served : units),
    ...measureInertia(basis, t, units),
    loads,
    components,
    mix: mixDistance(problem, t, loads),
    groups: listGroups(problem.accountGroup, served),
    together: listGroups(problem.demands?.together ?? null, units),
  };
}

/** The figures that are shown of a territory: its tally, and shape and travel. O(units + slots + accounts log accounts). */
export function describeTerritory(
  basis: Basis,
  { assignment, accounts }: PlanState,
  t: number,
  units: Int32Array,
  guests: Int32Array,
  { loads, components, inertia, center }: TerritoryTally,
): TerritoryMetrics {
  const { problem } = basis;
  const k = problem.territories.length;
  const served = servedAccounts(basis, t, units, accounts, guests);
  return {
    id: problem.territories[t]!.id,
    units: units.length,
    accounts: problem.accountUnit ? served.length : null,
    activity: measureRecord(problem.measures, (m) => loads[m]!),
    deviation: measureRecord(problem.measures, (m) => deviationOf(problem, loads[m]!, m * k + t)),
    components,
    center,
    inertia,
    ...measureShape(problem, assignment, t, units),
    travelKm: territoryTravel(basis, t, served),
  };
}

/** Of the units without a territory, ascending. */
export function tallyPool(basis: Basis, { assignment, accounts }: PlanState, units: Int32Array): PoolTally {
  const { problem, holdings } = basis;
  const violations = unassignedViolation(problem, units);
  const held = holdings?.unit ? servedAccounts(basis, -1, units, accounts, new Int32Array(0)) : units;
  return {
    violations,
    violation: totalViolation(violations),
    ...measureCuts(problem, assignment, -1, units),
    moved: holdings && measureMoved(holdings, -1, held),
  };
}

function listGroups(groupOf: Int32Array | null, held: Int32Array): Int32Array {
  const groups = new Set<number>();
  if (groupOf) for (const i of held) if (groupOf[i]! >= 0) groups.add(groupOf[i]!);
  return Int32Array.from(groups);
}
