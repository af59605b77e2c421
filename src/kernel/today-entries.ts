import { limitScale } from '../metrics/demands/move-limits.js';
import { type Holdings, todayHoldings } from '../metrics/disruption.js';
import type { MoveLimit, Problem } from '../types.js';

/** Per unit, the territories that serve it today and how much each holds: CSR by unit. */
export interface TodayEntries {
  readonly offsets: Int32Array;
  readonly territory: Int32Array;
  /** Weight per entry. */
  readonly value: Float64Array;
  /** What each entry counts for in each limit, entries × limits. */
  readonly amount: Float64Array;
}

/** What may change hands of the units' holdings, once those laid over the map have been served. */
export interface EntryLimits {
  /** The most that may move, in the limit's own unit; below 0 where what is laid over the map moves more already. */
  readonly most: Float64Array;
  /** What turns an excess into a relative amount. */
  readonly scale: Float64Array;
  /** Weight laid over the map that changes hands in every plan. */
  readonly movedWeight: number;
}

/** Today's holdings summed by unit and territory, without those laid over the map. Empty without today's plan. O(n + A log A). */
export function listTodayEntries(problem: Problem): TodayEntries {
  const n = problem.ids.length;
  const offsets = new Int32Array(n + 1);
  const holdings = todayHoldings(problem);
  const limits = entryLimits(problem);
  const L = limits.length;
  const none = { territory: new Int32Array(0), value: new Float64Array(0), amount: new Float64Array(0) };
  if (!holdings) return { offsets, ...none };
  const { today, unit, overlay, weights } = holdings;
  const unitOf = (i: number) => (unit ? unit[i]! : i);
  const held: number[] = [];
  for (let i = 0; i < today.length; i++) if (today[i]! >= 0 && !(overlay && overlay[i]! >= 0)) held.push(i);
  held.sort((a, b) => unitOf(a) - unitOf(b) || today[a]! - today[b]! || a - b);

  const territory: number[] = [];
  const value: number[] = [];
  const amount: number[] = [];
  let last = -1;
  for (const i of held) {
    const u = unitOf(i);
    if (u === last && territory.at(-1) === today[i]) {
      value[value.length - 1]! += weights[i]!;
      limits.forEach((limit, l) => {
        amount[amount.length - L + l]! += limit.amount[i]!;
      });
      continue;
    }
    territory.push(today[i]!);
    value.push(weights[i]!);
    for (const limit of limits) amount.push(limit.amount[i]!);
    offsets[u + 1]!++;
    last = u;
  }
  for (let u = 0; u < n; u++) offsets[u + 1]! += offsets[u]!;
  return {
    offsets,
    territory: Int32Array.from(territory),
    value: Float64Array.from(value),
    amount: Float64Array.from(amount),
  };
}

/** The limits of the entries. O(A · limits). */
export function limitEntries(problem: Problem): EntryLimits {
  const holdings = todayHoldings(problem);
  const limits = entryLimits(problem);
  const most = new Float64Array(limits.length);
  const scale = new Float64Array(limits.length);
  limits.forEach((limit, l) => {
    const [total, moved] = sumLaid(holdings!, limit.amount);
    most[l] = limit.max - moved;
    scale[l] = limitScale(limit.max, total);
  });
  return { most, scale, movedWeight: holdings?.overlay ? sumLaid(holdings, holdings.weights)[1] : 0 };
}

/** Limits that have today's plan to count against. */
function entryLimits(problem: Problem): readonly MoveLimit[] {
  return todayHoldings(problem) ? (problem.demands?.limits ?? []) : [];
}

/** Of some amounts all that is held today, and what moves by being laid over the map. */
function sumLaid({ today, overlay }: Holdings, amount: Float64Array): [total: number, moved: number] {
  let [total, moved] = [0, 0];
  for (let i = 0; i < today.length; i++) {
    if (today[i]! < 0) continue;
    total += amount[i]!;
    if (overlay && overlay[i]! >= 0 && overlay[i] !== today[i]) moved += amount[i]!;
  }
  return [total, moved];
}
