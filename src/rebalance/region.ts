/** Which territories a repair may change: as few as can carry what they hold within their bounds. */
import type { PlanTally } from '../metrics/plan-tally.js';
import { findWays, type Limits } from './ways.js';

/** Violation of some territories together, unassigned units left out. */
export function regionViolation({ territories }: PlanTally, region: readonly number[]): number {
  return region.reduce((sum, t) => sum + territories[t]!.violation, 0);
}

/**
 * Adds neighbours, one by one, until the sum of the loads fits between the sums of the bounds, or `most` is reached.
 * The neighbour comes first that leaves the least misfit, and of those the one with the longest border. O(added · n).
 */
export function widenUntilFit(
  tally: PlanTally,
  region: readonly number[],
  locked: ReadonlySet<number>,
  most: number,
): number[] {
  const wide = [...region];
  while (misfit(tally, wide) > 0 && wide.length < most) {
    const next = bestNeighbor(tally, wide, wide, locked, (t) => misfit(tally, [...wide, t]));
    if (next < 0) break;
    wide.push(next);
  }
  return wide.sort((a, b) => a - b);
}

/** Adds the territories by which load can get from those with too much to those with too little. */
export function joinUp(tally: PlanTally, region: readonly number[], limits: Limits, most: number): number[] {
  const { problem } = tally.basis;
  const k = problem.territories.length;
  const some = (t: number, holds: (load: number, i: number) => boolean) =>
    problem.measures.some((_, m) => holds(tally.territories[t]!.loads[m]!, m * k + t));
  const over = region.filter((t) => some(t, (load, i) => load > problem.upper[i]!));
  const under = region.filter((t) => some(t, (load, i) => load < problem.lower[i]!));
  // Where one side is missing, whoever has something to give, or room, is at the other end.
  const sources = over.length > 0 ? over : region.filter((t) => !under.includes(t));
  const sinks = under.length > 0 ? under : region.filter((t) => !over.includes(t));
  const added = findWays(tally, region, sources, sinks, limits);
  return region.length + added.length > most ? [...region] : [...region, ...added].sort((a, b) => a - b);
}

/** Adds, for every territory of the region that breaks a bound, the neighbour with most room for it. The same when there is none. */
export function widenAround(
  tally: PlanTally,
  region: readonly number[],
  locked: ReadonlySet<number>,
  most: number,
): number[] {
  const wide = [...region];
  const broken = region.filter((t) => tally.territories[t]!.violation > 0);
  for (const t of broken.length > 0 ? broken : region) {
    if (wide.length >= most) break;
    // The neighbours of the territory itself first; where all are in, those of the region.
    const rate = (s: number) => misfit(tally, [t, s]);
    const own = bestNeighbor(tally, [t], wide, locked, rate);
    const next = own >= 0 ? own : bestNeighbor(tally, wide, wide, locked, rate);
    if (next >= 0) wide.push(next);
  }
  return wide.sort((a, b) => a - b);
}

/** Relative amount by which the sum of the loads is outside of the sum of the bounds, over all measures. */
function misfit({ basis, territories }: PlanTally, region: readonly number[]): number {
  const { problem } = basis;
  const k = problem.territories.length;
  let amount = 0;
  for (let m = 0; m < problem.measures.length; m++) {
    const sum = (value: (t: number) => number) => region.reduce((total, t) => total + value(t), 0);
    const load = sum((t) => territories[t]!.loads[m]!);
    const beyond = Math.max(load - sum((t) => problem.upper[m * k + t]!), sum((t) => problem.lower[m * k + t]!) - load);
    const target = sum((t) => problem.target[m * k + t]!);
    if (beyond > 1e-9 * target) amount += beyond / (target > 0 ? target : 1);
  }
  return amount;
}

/** The unlocked neighbour of `of`, not in `region`, with the least rate, then the longest border; −1 without one. */
function bestNeighbor(
  { basis, assignment, members }: PlanTally,
  of: readonly number[],
  region: readonly number[],
  locked: ReadonlySet<number>,
  rate: (t: number) => number,
): number {
  const { offsets, neighbors } = basis.problem;
  const inside = new Set(region);
  const border = new Map<number, number>();
  // Territories without units border on none: anyone may help them.
  if (region.every((t) => members[t]!.length === 0)) {
    for (let s = 0; s < members.length - 1; s++) if (members[s]!.length > 0 && !locked.has(s)) border.set(s, 0);
  }
  for (const t of of) {
    for (const u of members[t]!) {
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
        const s = assignment[neighbors[e]!]!;
        if (s >= 0 && !inside.has(s) && !locked.has(s)) border.set(s, (border.get(s) ?? 0) + 1);
      }
    }
  }
  let best = -1;
  let least = Infinity;
  for (const s of [...border.keys()].sort((a, b) => a - b)) {
    const value = rate(s);
    if (value < least || (value === least && border.get(s)! > border.get(best)!)) {
      best = s;
      least = value;
    }
  }
  return best;
}
