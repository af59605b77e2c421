/**
 * Who works where today: cells that several reps share, pair by pair, and what each rep carries. A rep is an id of
 * today's plan that has at least one account; accounts without a rep count for the totals only.
 */
import type { Overlap, OverlapPair, Problem, RepToday } from '../types.js';
import { measureRecord } from './measure-record.js';
import { groupUnits } from './members.js';
import { estimateTravel } from './travel.js';
import { accountWeights } from './weights.js';

/** One entry per unit and rep that works it, unit by unit. */
interface Presence {
  /** Length n + 1: unit u owns the entries `offsets[u]` … `offsets[u + 1] - 1`. */
  readonly offsets: Int32Array;
  /** Index into `todayIds`, ascending within each unit. */
  readonly rep: Int32Array;
  /** Weight of the rep's accounts in the unit. */
  readonly weight: Float64Array;
}

/** null without accounts or without today's plan. O(A + n + P), P the pairs of reps that meet, counted cell by cell. */
export function overlapToday(problem: Problem): Overlap | null {
  const { accountUnit, accountTerritory, accountActivity } = problem;
  const weights = accountWeights(problem);
  if (!accountUnit || !accountTerritory || !accountActivity || !weights) return null;

  const n = problem.ids.length;
  const count = accountUnit.length;
  const presence = findPresence(problem, accountUnit, accountTerritory, weights);
  const repsPerUnit = new Uint16Array(n);
  for (let u = 0; u < n; u++) repsPerUnit[u] = Math.min(65535, presence.offsets[u + 1]! - presence.offsets[u]!);

  const occupied = new Uint8Array(n);
  for (const u of accountUnit) occupied[u] = 1;
  const shared = (a: number) => repsPerUnit[accountUnit[a]!]! > 1;
  return {
    repsPerUnit,
    unitShare: ratio(
      repsPerUnit.reduce((sum, reps) => sum + (reps > 1 ? 1 : 0), 0),
      occupied.reduce((sum, x) => sum + x, 0),
    ),
    accountShare: ratio(
      accountUnit.reduce((sum, _, a) => sum + (shared(a) ? 1 : 0), 0),
      count,
    ),
    activity: measureRecord(problem.measures, (m) => {
      let inShared = 0;
      let total = 0;
      for (let a = 0; a < count; a++) {
        const value = accountActivity[m * count + a]!;
        total += value;
        if (shared(a)) inShared += value;
      }
      return ratio(inShared, total);
    }),
    pairs: findPairs(problem, presence),
    reps: measureReps(problem, presence, accountTerritory, accountActivity),
  };
}

function findPresence(
  problem: Problem,
  accountUnit: Int32Array,
  accountTerritory: Int32Array,
  weights: Float64Array,
): Presence {
  const n = problem.ids.length;
  const accounts = groupUnits(accountUnit, n);
  const offsets = new Int32Array(n + 1);
  const rep: number[] = [];
  const weight: number[] = [];
  const sums = new Float64Array(problem.todayIds.length);
  const lastUnit = new Int32Array(problem.todayIds.length).fill(-1);
  for (let u = 0; u < n; u++) {
    const here: number[] = [];
    for (let i = accounts.offsets[u]!; i < accounts.offsets[u + 1]!; i++) {
      const a = accounts.units[i]!;
      const r = accountTerritory[a]!;
      if (r < 0) continue;
      if (lastUnit[r] !== u) {
        lastUnit[r] = u;
        sums[r] = 0;
        here.push(r);
      }
      sums[r]! += weights[a]!;
    }
    here.sort((a, b) => a - b);
    for (const r of here) {
      rep.push(r);
      weight.push(sums[r]!);
    }
    offsets[u + 1] = rep.length;
  }
  return { offsets, rep: Int32Array.from(rep), weight: Float64Array.from(weight) };
}

function findPairs(problem: Problem, { offsets, rep, weight }: Presence): OverlapPair[] {
  const count = problem.todayIds.length;
  const cells = new Int32Array(count);
  const totals = new Float64Array(count);
  rep.forEach((r, i) => {
    cells[r]!++;
    totals[r]! += weight[i]!;
  });
  const pairs = new Map<number, { a: number; b: number; cells: number; common: number }>();
  for (let u = 0; u < problem.ids.length; u++) {
    for (let i = offsets[u]!; i < offsets[u + 1]!; i++) {
      for (let j = i + 1; j < offsets[u + 1]!; j++) {
        const key = rep[i]! * count + rep[j]!;
        let pair = pairs.get(key);
        if (!pair) pairs.set(key, (pair = { a: rep[i]!, b: rep[j]!, cells: 0, common: 0 }));
        pair.cells++;
        pair.common += Math.min(weight[i]!, weight[j]!);
      }
    }
  }
  return [...pairs.values()]
    .sort((p, q) => q.cells - p.cells || p.a - q.a || p.b - q.b)
    .map(({ a, b, cells: both, common }) => ({
      a: problem.todayIds[a]!,
      b: problem.todayIds[b]!,
      cells: both,
      jaccard: both / (cells[a]! + cells[b]! - both),
      // max(x, y) = x + y − min(x, y), summed over the cells of both.
      weightedJaccard: Math.min(1, ratio(common, totals[a]! + totals[b]! - common)),
    }));
}

function measureReps(
  problem: Problem,
  presence: Presence,
  accountTerritory: Int32Array,
  accountActivity: Float64Array,
): RepToday[] {
  const count = problem.todayIds.length;
  const total = accountTerritory.length;
  const measures = problem.measures.length;
  const accounts = new Int32Array(count);
  const units = new Int32Array(count);
  const loads = new Float64Array(measures * count);
  for (const r of presence.rep) units[r]!++;
  for (let a = 0; a < total; a++) {
    const r = accountTerritory[a]!;
    if (r < 0) continue;
    accounts[r]!++;
    for (let m = 0; m < measures; m++) loads[m * count + r]! += accountActivity[m * total + a]!;
  }
  const reps = Array.from(accounts.keys()).filter((r) => accounts[r]! > 0);
  const equalShare = problem.measures.map(
    (_, m) => reps.reduce((sum, r) => sum + loads[m * count + r]!, 0) / Math.max(1, reps.length),
  );
  const travel = estimateTravel(problem, accountTerritory, count);
  return reps.map((r) => ({
    id: problem.todayIds[r]!,
    accounts: accounts[r]!,
    units: units[r]!,
    activity: measureRecord(problem.measures, (m) => loads[m * count + r]!),
    deviation: measureRecord(problem.measures, (m) =>
      equalShare[m]! > 0 ? loads[m * count + r]! / equalShare[m]! - 1 : 0,
    ),
    travelKm: travel?.[r] ?? 0,
  }));
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
