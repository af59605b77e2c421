/** Contiguity against the land: islands that no territory fits on, and units of one territory that nothing joins. */
import { find, joinGraph, labelComponents, singletons, union } from '../problem/components.js';
import type { Problem } from '../types.js';
import { type Conflict, heaviest, percent, ROUNDING, show } from './conflict.js';
import { mayServe, type Servers } from './servers.js';

/** O(n + E), and O(n + E) per territory with units of its own. */
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
  problem.measures.forEach((measure, m) => {
    let least = Infinity;
    let target = 0;
    for (let t = 0; t < k; t++) {
      const need = problem.lower[m * k + t]! - (problem.demands?.baseLoad?.[m * k + t] ?? 0);
      if (need >= least) continue;
      least = need;
      target = problem.target[m * k + t]!;
    }
    if (!(least > 0)) return;
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
        demands: ['balance', 'contiguity'],
        territories: [],
        units: first,
        measure,
        excess: weight > 0 ? least / weight - 1 : 1,
        message: `The island of unit ${first[0]} (${units.length} units) weighs ${show(weight)} ${measure}, ${percent(weight / target)} of the smallest target, and has no link: no territory of one piece fits on it.`,
      });
    });
  });
  return found;
}

/** Units that a territory holds must be joined by units that it may have. */
function checkApart(problem: Problem, servers: Servers): Conflict[] {
  const { offsets, neighbors, territories } = problem;
  const n = problem.ids.length;
  const own: number[][] = territories.map(() => []);
  for (let u = 0; u < n; u++) if (servers.held[u]! >= 0) own[servers.held[u]!]!.push(u);
  const found: Conflict[] = [];
  own.forEach((units, t) => {
    if (units.length < 2 || !territories[t]!.contiguous) return;
    const may = (u: number) => servers.held[u] === t || (!territories[t]!.locked && mayServe(servers, u, t));
    const parent = singletons(n);
    for (let u = 0; u < n; u++) {
      if (!may(u)) continue;
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++)
        if (neighbors[e]! > u && may(neighbors[e]!)) union(parent, u, neighbors[e]!);
    }
    const pieces = new Map<number, number>();
    for (const u of units) if (!pieces.has(find(parent, u))) pieces.set(find(parent, u), u);
    if (pieces.size < 2) return;
    const [a, b] = [...pieces.values()].map((u) => problem.ids[u]!);
    const locked = territories[t]!.locked;
    found.push({
      kind: 'apart',
      proven: true,
      demands: locked
        ? ['contiguity', 'locked']
        : problem.demands?.permits
          ? ['contiguity', 'permits', 'pins']
          : ['contiguity', 'pins'],
      territories: [territories[t]!.id],
      units: [...pieces.values()].slice(0, 10).map((u) => problem.ids[u]!),
      measure: null,
      excess: pieces.size - 1,
      message: `Units ${a} and ${b} of ${territories[t]!.id} are ${locked ? 'locked' : 'pinned'} in ${pieces.size} places that no land joins which it may have.`,
    });
  });
  return found;
}
