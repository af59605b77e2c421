/** Some territories of a problem as a problem of its own, for the search: what lies outside does not change. */
import { BALANCE_EPSILON } from '../metrics/balance.js';
import type { Basis } from '../metrics/basis.js';
import type { PlanTally } from '../metrics/plan-tally.js';
import { NO_NAMED_ACCOUNTS } from '../problem/no-accounts.js';
import type { Problem, UnitId } from '../types.js';
import { carveDemands, isParted, listFollowers } from './part-demands.js';

export interface PartProblem {
  readonly problem: Problem;
  /** Units of the whole, ascending; the part's units have the same order. */
  readonly units: Int32Array;
  /** Territories of the whole, ascending. */
  readonly territories: readonly number[];
  /** Where the part's units are now, by the part's territories. */
  readonly assignment: Int32Array;
  /** Violation that remains whatever is searched, because pinned units alone are more than bounds allow. */
  readonly unavoidable: number;
}

/**
 * The units of `territories`, ascending, whatever locks the problem has. Units of `pinned` stay where they are, and so do those that the
 * problem pins; accounts laid over the map count where they are served. No geometry, no names. O(n, and the part).
 */
export function carvePart(tally: PlanTally, territories: readonly number[], pinned: ReadonlySet<number>): PartProblem {
  const { problem } = tally.basis;
  const units = new Int32Array(territories.reduce((sum, t) => sum + tally.members[t]!.length, 0));
  let size = 0;
  for (const t of territories) {
    units.set(tally.members[t]!, size);
    size += tally.members[t]!.length;
  }
  units.sort();
  const localUnit = new Int32Array(problem.ids.length).fill(-1);
  units.forEach((u, i) => {
    localUnit[u] = i;
  });
  const localTerritory = new Int32Array(problem.todayIds.length).fill(territories.length);
  territories.forEach((t, i) => {
    localTerritory[t] = i;
  });
  const assignment = units.map((u) => localTerritory[tally.assignment[u]!]!);
  const parted = isParted(tally, territories);
  const isHeld = (u: number) => pinned.has(u) || (problem.pinned?.[u] ?? -1) >= 0 || parted(u);
  const planar = problem.objective.distance === 'planar';
  const part: Problem = {
    name: problem.name,
    resolution: problem.resolution,
    measures: problem.measures,
    contiguity: problem.contiguity,
    balance: problem.balance,
    levels: [],
    objective: problem.objective,
    lngLat: planar ? null : take(problem.lngLat, units, 2),
    xy: planar ? take(problem.xy, units, 2) : null,
    areaKm2: null,
    outerKm: null,
    ...NO_NAMED_ACCOUNTS,
    // Whoever is locked is not among them; who was unlocked by hand may change.
    territories: territories.map((t) => ({ ...problem.territories[t]!, locked: false })),
    pinned: units.map((u, i) => (isHeld(u) ? assignment[i]! : -1)),
    ...carveGraph(problem, units, localUnit),
    ...carveBounds(tally.basis, territories),
    demands: carveDemands(tally, units, territories),
    ...carveActivity(tally, units),
    ...carveToday(tally, units, localUnit, localTerritory, territories),
  };
  return { problem: part, units, territories, assignment, unavoidable: makeRoom(part) };
}

/**
 * Raises upper bounds to what is pinned, where that is more: the search is to part with all else, not to shift in vain what
 * may not move. Returns by how much, relative to the targets. O(M units).
 */
function makeRoom({ measures, territories, pinned, activity, upper, target, demands }: Problem): number {
  const k = territories.length;
  let raised = 0;
  for (let m = 0; m < measures.length; m++) {
    const held = demands?.baseLoad?.slice(m * k, (m + 1) * k) ?? new Float64Array(k);
    pinned!.forEach((t, u) => {
      if (t >= 0) held[t]! += activity[m * pinned!.length + u]!;
    });
    for (let t = 0; t < k; t++) {
      if (held[t]! <= upper[m * k + t]! * (1 + BALANCE_EPSILON)) continue;
      const goal = target[m * k + t]!;
      raised += (held[t]! - upper[m * k + t]!) / (goal === 0 ? 1 : goal);
      upper[m * k + t] = held[t]!;
    }
  }
  return raised;
}

function carveGraph(problem: Problem, units: Int32Array, local: Int32Array) {
  const offsets = new Int32Array(units.length + 1);
  const neighbors: number[] = [];
  const lengths: number[] = [];
  const measured = problem.objective.borderKm > 0 ? problem.edgeKm : null;
  units.forEach((u, i) => {
    for (let e = problem.offsets[u]!; e < problem.offsets[u + 1]!; e++) {
      const v = local[problem.neighbors[e]!]!;
      if (v < 0) continue;
      neighbors.push(v);
      if (measured) lengths.push(measured[e]!);
    }
    offsets[i + 1] = neighbors.length;
  });
  const ring = take(problem.ring, units, 6);
  // −1 and −2 say the same in the part; a neighbour outside is none.
  if (ring) for (let i = 0; i < ring.length; i++) if (ring[i]! >= 0) ring[i] = local[ring[i]!]!;
  const ids: UnitId[] = new Array(units.length);
  const inside = new Set<UnitId>();
  if (problem.links.length > 0) {
    const ends = new Set(problem.links.flat());
    units.forEach((u, i) => {
      if (!ends.has(problem.ids[u]!)) return;
      ids[i] = problem.ids[u]!;
      inside.add(ids[i]!);
    });
  }
  const links = problem.links.filter(([a, b]) => inside.has(a) && inside.has(b));
  const edgeKm = measured && Float64Array.from(lengths);
  return { ids, offsets, neighbors: Int32Array.from(neighbors), edgeKm, ring, links };
}

function carveBounds({ problem }: Basis, territories: readonly number[]) {
  const pick = (values: Float64Array) => pickTerritories(values, problem, territories);
  return { target: pick(problem.target), lower: pick(problem.lower), upper: pick(problem.upper) };
}

/** Of values M × k. */
function pickTerritories(
  values: Float64Array,
  { measures, territories: all }: Problem,
  territories: readonly number[],
) {
  return Float64Array.from(measures.flatMap((_, m) => territories.map((t) => values[m * all.length + t]!)));
}

/** Activity that units bring along: without that of accounts laid over the map. */
function carveActivity({ basis, accounts }: PlanTally, units: Int32Array) {
  const { problem, accountsOf } = basis;
  const n = problem.ids.length;
  const activity = new Float64Array(problem.measures.length * units.length);
  for (let m = 0; m < problem.measures.length; m++) {
    units.forEach((u, i) => {
      activity[m * units.length + i] = problem.activity[m * n + u]!;
    });
  }
  if (!accounts || !accountsOf) return { activity };
  for (let m = 0; m < problem.measures.length; m++) {
    units.forEach((u, i) => {
      for (let e = accountsOf.offsets[u]!; e < accountsOf.offsets[u + 1]!; e++) {
        const a = accountsOf.units[e]!;
        if (accounts[a]! < 0 || (problem.demands?.overlay?.[a] ?? -1) >= 0) continue;
        const at = m * units.length + i;
        activity[at] = Math.max(0, activity[at]! - problem.accountActivity![m * accounts.length + a]!);
      }
    });
  }
  return { activity };
}

/** Today's plan, with one id for all reps outside of the part. */
function carveToday(
  tally: PlanTally,
  units: Int32Array,
  localUnit: Int32Array,
  localTerritory: Int32Array,
  territories: readonly number[],
) {
  const { problem } = tally.basis;
  const todayIds = [...territories.map((t) => problem.territories[t]!.id), ''];
  const local = (t: number) => (t < 0 ? -1 : localTerritory[t]!);
  const today = problem.today && units.map((u) => local(problem.today![u]!));
  const { accountUnit, accountTerritory, accountActivity } = problem;
  const none = { accountUnit: null, accountTerritory: null, accountActivity: null };
  if (!accountUnit || !accountTerritory || !accountActivity) return { todayIds, today, ...none };
  const own = listFollowers(tally, units);
  const activity = new Float64Array(problem.measures.length * own.length);
  for (let m = 0; m < problem.measures.length; m++) {
    for (let i = 0; i < own.length; i++)
      activity[m * own.length + i] = accountActivity[m * accountUnit.length + own[i]!]!;
  }
  return {
    todayIds,
    today,
    accountUnit: Int32Array.from(own, (a) => localUnit[accountUnit[a]!]!),
    accountTerritory: Int32Array.from(own, (a) => local(accountTerritory[a]!)),
    accountActivity: activity,
  };
}

function take<T extends Float64Array | Int32Array>(values: T | null, units: Int32Array, width: number): T | null {
  if (!values) return null;
  const taken = new (values.constructor as new (length: number) => T)(width * units.length);
  for (let i = 0; i < units.length; i++) {
    for (let d = 0; d < width; d++) taken[width * i + d] = values[width * units[i]! + d]!;
  }
  return taken;
}
