/** Contiguity against the land: islands that no territory fits on, and units of one territory that nothing joins. */

import { percent, show } from '../metrics/wording.js';
import { joinGraph, labelComponents } from '../problem/components.js';
import type { Problem } from '../types.js';
import { boundDemands, widened } from './bound-demands.js';
import { type Conflict, heaviest, ROUNDING } from './conflict.js';
import { mayServe, type Servers } from './servers.js';

/** O(n + E), and O(n + E) at worst per territory with units of its own: less where these are near each other. */
export function checkLand(problem: Problem, servers: Servers): Conflict[] {
  return [...checkIslands(problem), ...checkApart(problem, servers)];
}

/** Where every territory must be of one piece, each component of the graph must hold whole territories. */
function checkIslands(problem: Problem): Conflict[] {
  if (!problem.territories.every(({ contiguous }) => contiguous)) return [];
  const n = problem.ids.length;
  const k = problem.territories.length;
  const components = labelComponents(joinGraph(problem));
  if (components.count === 1) return [];
  const found: Conflict[] = [];
  if (components.count > k) {
    found.push({
      kind: 'island',
      proven: true,
      demands: ['contiguity'],
      territories: [],
      units: [],
      measure: null,
      excess: components.count / k - 1,
      message: `The land is in ${components.count} pieces that nothing joins, more than the ${k} territories of one piece each.`,
    });
  }
  const { lower } = widened(problem);
  problem.measures.forEach((measure, m) => {
    let least = Infinity;
    for (let t = 0; t < k; t++) {
      least = Math.min(least, lower[m * k + t]! - (problem.demands?.baseLoad?.[m * k + t] ?? 0));
    }
    if (!(least > 0)) return;
    const named = problem.demands?.baseLoad?.subarray(m * k, (m + 1) * k).some((x) => x > 0) ?? false;
    const bounds = boundDemands(problem, m, 'lower');
    const weights = new Float64Array(components.count);
    for (let u = 0; u < n; u++) weights[components.of[u]!]! += problem.activity[m * n + u]!;
    weights.forEach((weight, c) => {
      if (least - weight <= ROUNDING * least) return;
      const units: number[] = [];
      for (let u = 0; u < n; u++) if (components.of[u] === c) units.push(u);
      const first = heaviest(units, problem.activity, m * n).map((u) => problem.ids[u]!);
      found.push({
        kind: 'island',
        proven: true,
        demands: [...bounds, 'contiguity' as const, ...(named ? ['named' as const] : [])].sort(),
        territories: [],
        units: first,
        measure,
        excess: weight > 0 ? least / weight - 1 : 1,
        message: `The island of unit ${first[0]} (${units.length} units) weighs ${show(weight)} ${measure}, ${percent(weight / least)} of the least that a territory must have${named ? ' beside the accounts laid over the map' : ''}, and has no link: no territory of one piece fits on it.`,
      });
    });
  });
  return found;
}

/** Units that a territory holds must be joined by units that it may have. */
function checkApart(problem: Problem, servers: Servers): Conflict[] {
  const { territories } = problem;
  const n = problem.ids.length;
  // what another territory keeps is in the way
  const locks = territories.some(({ locked }) => locked) ? (['locked'] as const) : [];
  const stamp = new Int32Array(n).fill(-1);
  const own: number[][] = territories.map(() => []);
  for (let u = 0; u < n; u++) if (servers.held[u]! >= 0) own[servers.held[u]!]!.push(u);
  const found: Conflict[] = [];
  own.forEach((units, t) => {
    if (units.length < 2 || !territories[t]!.contiguous) return;
    const pieces = listPieces(problem, servers, t, units, stamp);
    if (pieces.length < 2) return;
    const [a, b] = pieces.map((u) => problem.ids[u]!);
    const locked = territories[t]!.locked;
    found.push({
      kind: 'apart',
      proven: true,
      demands: locked
        ? ['contiguity', 'locked']
        : problem.demands?.permits
          ? ['contiguity', ...locks, 'permits', 'pins']
          : ['contiguity', ...locks, 'pins'],
      territories: [territories[t]!.id],
      units: pieces.slice(0, 10).map((u) => problem.ids[u]!),
      measure: null,
      excess: pieces.length - 1,
      message: `Units ${a} and ${b} of ${territories[t]!.id} are ${locked ? 'locked' : 'pinned'} in ${pieces.length} places that no land joins which it may have.`,
    });
  });
  return found;
}

/**
 * The first of the `units` of territory `t` in each piece of the land that it may have, which ends where all of them are
 * reached. Leaves `t` in `stamp` where it has been.
 */
function listPieces(
  { offsets, neighbors, territories }: Problem,
  servers: Servers,
  t: number,
  units: readonly number[],
  stamp: Int32Array,
): number[] {
  const { locked } = territories[t]!;
  const firsts: number[] = [];
  let reached = 0;
  for (const start of units) {
    if (stamp[start] === t) continue;
    firsts.push(start);
    stamp[start] = t;
    const piece = [start];
    for (let head = 0; head < piece.length && reached < units.length; head++) {
      const u = piece[head]!;
      if (servers.held[u] === t) reached++;
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
        const v = neighbors[e]!;
        if (stamp[v] === t || (locked ? servers.held[v] !== t : !mayServe(servers, v, t))) continue;
        stamp[v] = t;
        piece.push(v);
      }
    }
  }
  return firsts;
}
