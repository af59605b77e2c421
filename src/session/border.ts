/** Where units of one territory meet another: what could change hands next. */
import type { PlanTally } from '../metrics/plan-tally.js';
import type { Holds } from './holds.js';

/** Units of `from` (−1: of none) that have a neighbour in `to`. */
export interface Border {
  readonly from: number;
  readonly to: number;
  readonly units: readonly number[];
}

/** Whether nothing keeps unit `u` from leaving its territory. */
export function isFree({ assignment }: PlanTally, { locks, pins }: Holds, u: number): boolean {
  return !(pins && pins[u]! >= 0) && !locks.has(assignment[u]!);
}

/** All borders over which units may move, by `from`, then `to`. O(n + E). */
export function findBorders(tally: PlanTally, holds: Holds): Border[] {
  const { assignment, basis } = tally;
  const { offsets, neighbors, territories } = basis.problem;
  const k = territories.length;
  const borders = new Map<number, { from: number; to: number; units: number[] }>();
  for (let u = 0; u < assignment.length; u++) {
    const from = assignment[u]!;
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
      const to = assignment[neighbors[e]!]!;
      if (to === from || to < 0 || holds.locks.has(to) || !isFree(tally, holds, u)) continue;
      const key = (from + 1) * k + to;
      let border = borders.get(key);
      if (!border) borders.set(key, (border = { from, to, units: [] }));
      if (border.units.at(-1) !== u) border.units.push(u);
    }
  }
  return [...borders.entries()].sort(([a], [b]) => a - b).map(([, border]) => border);
}

/**
 * Whether the units beside `u` in its own territory still hang together without it, as far as their own neighbours
 * show: what is true is certain, what is false may be a wider bend. O(slots of u and its neighbours).
 */
export function mayLeave({ assignment, basis }: PlanTally, u: number): boolean {
  const { offsets, neighbors } = basis.problem;
  const t = assignment[u]!;
  const beside = ownNeighbors(u);
  if (beside.length < 2) return true;
  const near = new Set(beside);
  for (const v of beside) for (const w of ownNeighbors(v)) near.add(w);
  near.delete(u);
  const open = [beside[0]!];
  near.delete(beside[0]!);
  for (let v = open.pop(); v !== undefined; v = open.pop()) {
    for (const w of ownNeighbors(v)) if (near.delete(w)) open.push(w);
  }
  return beside.every((v) => !near.has(v));

  function ownNeighbors(v: number): number[] {
    const own: number[] = [];
    for (let e = offsets[v]!; e < offsets[v + 1]!; e++) if (assignment[neighbors[e]!] === t) own.push(neighbors[e]!);
    return own;
  }
}
