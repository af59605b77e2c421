/** What a plan has to respect, of a part of a problem. */

import { positionsKm } from '../metrics/positions.js';
import type { Demands, MoveLimit, Permits, Problem } from '../types.js';
import { planePointsKm, squaredDistance, toPointsKm } from './sphere.js';

export interface Part {
  /** Units that remain, ascending. */
  readonly own: Int32Array;
  /** Territories that remain, in their new order. */
  readonly chosen: Int32Array;
  /** Accounts that remain; null when the problem has none. */
  readonly kept: Int32Array | null;
}

/** Units pinned to territories that do not remain are free in the part. */
export function carvePins({ pinned, territories }: Problem, { own, chosen }: Part): Int32Array | null {
  if (!pinned) return null;
  const index = indexOf(chosen, territories.length);
  const picked = own.map((u) => (pinned[u]! < 0 ? -1 : index[pinned[u]!]!));
  return picked.some((t) => t >= 0) ? picked : null;
}

/**
 * - A unit that none of the territories may serve is anyone's in the part.
 * - Accounts laid over the map count for their territory wherever they lie: loads remain whole.
 * - Of a limit, the part gets as much as it holds of what may change hands; what another rep holds today changes hands
 *   anyhow, and no longer counts.
 * - Sites remain with the part whose unit is nearest, all of them where those are too few.
 */
export function carveDemands(problem: Problem, part: Part): Demands | null {
  const { demands } = problem;
  if (!demands) return null;
  const { own, chosen, kept } = part;
  const k = problem.territories.length;
  const index = indexOf(chosen, k);
  const { together, overlay, baseLoad, matrix } = demands;
  const groups = together ? [...new Set(own.map((u) => together[u]!))].filter((g) => g >= 0).sort((a, b) => a - b) : [];
  const groupAt = new Map(groups.map((g, i) => [g, i]));
  return {
    ...demands,
    permits: demands.permits && carvePermits(demands.permits, own, chosen, k),
    accountPermits: demands.accountPermits && kept && carvePermits(demands.accountPermits, kept, chosen, k),
    together: together && own.map((u) => groupAt.get(together[u]!) ?? -1),
    groupIds: together ? groups.map((g) => demands.groupIds[g]!) : demands.groupIds,
    overlay: overlay && (kept?.map((a) => (overlay[a]! < 0 ? -1 : index[overlay[a]!]!)) ?? null),
    baseLoad: baseLoad && pickColumns(baseLoad, k, chosen, Array.from(problem.measures.keys())),
    limits: demands.limits.map((limit) => carveLimit(problem, limit, part)),
    matrix: matrix && pickColumns(matrix, k, chosen, own),
    candidates: demands.candidates && carveSites(problem, demands.candidates, part),
  };
}

function indexOf(chosen: Int32Array, k: number): Int32Array {
  const index = new Int32Array(k).fill(-1);
  chosen.forEach((t, i) => {
    index[t] = i;
  });
  return index;
}

/** Of a matrix with k columns, the chosen columns of the given rows. */
function pickColumns(values: Float64Array, k: number, chosen: Int32Array, rows: ArrayLike<number>): Float64Array {
  const picked = new Float64Array(rows.length * chosen.length);
  for (let i = 0; i < picked.length; i++) {
    picked[i] = values[rows[Math.floor(i / chosen.length)]! * k + chosen[i % chosen.length]!]!;
  }
  return picked;
}

function carvePermits({ row, allowed }: Permits, things: Int32Array, chosen: Int32Array, k: number): Permits | null {
  const rows = new Map<number, number>();
  const picked: number[] = [];
  const rowOf = things.map((thing) => {
    const r = row[thing]!;
    if (r < 0) return -1;
    const known = rows.get(r);
    if (known !== undefined) return known;
    const values = Array.from(chosen, (t) => allowed[r * k + t]!);
    const next = values.some((value) => value === 1) ? picked.push(...values) / chosen.length - 1 : -1;
    rows.set(r, next);
    return next;
  });
  return picked.length > 0 ? { row: rowOf, allowed: Uint8Array.from(picked) } : null;
}

function carveLimit(problem: Problem, limit: MoveLimit, { own, chosen, kept }: Part): MoveLimit {
  const today = problem.accountTerritory ?? problem.today;
  const rows = problem.accountTerritory && kept ? kept : own;
  if (!today) return limit;
  const remains = new Set(chosen);
  const amount = Float64Array.from(rows, (i) => (remains.has(today[i]!) ? limit.amount[i]! : 0));
  let held = 0;
  for (let i = 0; i < today.length; i++) if (today[i]! >= 0) held += limit.amount[i]!;
  const part = amount.reduce((sum, x) => sum + x, 0);
  return { ...limit, amount, max: held > 0 && part < held ? limit.max * (part / held) : limit.max };
}

function carveSites(problem: Problem, sites: Float64Array, { own, chosen }: Part): Float64Array {
  const points = positionsKm(problem);
  const planar = problem.objective.distance === 'planar';
  const units = new Set(own);
  const kept: number[] = [];
  for (let s = 0; 2 * s < sites.length; s++) {
    const place = sites.subarray(2 * s, 2 * s + 2);
    const site = planar ? planePointsKm(place) : toPointsKm(place);
    const near = Float64Array.of(...site, 0, 0, 0);
    let nearest = 0;
    let least = Infinity;
    for (let u = 0; u < problem.ids.length; u++) {
      near.set(points.subarray(3 * u, 3 * u + 3), 3);
      const d = squaredDistance(near, 0, 1);
      if (d < least) [least, nearest] = [d, u];
    }
    if (units.has(nearest)) kept.push(place[0]!, place[1]!);
  }
  const free = chosen.filter((t) => problem.territories[t]!.center === null).length;
  return kept.length >= 2 * free ? Float64Array.from(kept) : sites;
}
